const { CHROME } = process.env;

/** For tests and measurements: the browser that the variable CHROME names, else Playwright's own. */
export const LAUNCH_OPTIONS = {
  ...(CHROME ? { executablePath: CHROME } : {}),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
