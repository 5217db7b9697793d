import { createHash } from 'node:crypto';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { bundleElement } from './xtask/js/bundle-element.js';

/**
 * The service worker is built into the folder of the page, because it serves only what is below it, with a list of
 * everything else that was built.
 * @returns {import('vite').Plugin}
 */
function offline() {
  return {
    name: 'offline',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle['service-worker.js'];
        if (worker?.type !== 'chunk') throw new Error('the service worker was not built');
        const names = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
        const isRare = (/** @type {string} */ name) =>
          /formats|own_set|own-set\.worker|convscope_inquiry|inquiry\.worker/.test(name);
        const [files, rare] = [names.filter((name) => !isRare(name)).sort(), names.filter(isRare).sort()];
        const page = bundle['index.html'];
        const content = JSON.stringify([files, rare, page?.type === 'asset' && String(page.source)]);
        const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
        worker.code = `globalThis.BUILT=${JSON.stringify({ files, rare, version })};${worker.code}`;
      },
    },
  };
}

/** What is loaded with the page; modules that only later parts import are not among them. @type {Set<string>} */
const firstModules = new Set();

/** @param {string} id of a module */
const isStyle = (id) => /[.&]css$/.test(id);

/** @returns {import('vite').Plugin} */
function firstView() {
  return {
    name: 'first-view',
    buildEnd() {
      const visit = (/** @type {string} */ id) => {
        if (firstModules.has(id)) return;
        firstModules.add(id);
        this.getModuleInfo(id)?.importedIds.forEach(visit);
      };
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) visit(id);
    },
  };
}

/**
 * The script of <convscope-playground> is loaded by other people's pages, so it is one file with a name that stays.
 * @type {() => import('vite').Plugin}
 */
const element = () => ({
  name: 'element',
  apply: 'build',
  async generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'element.js', source: await bundleElement() });
  },
});

export default defineConfig({
  // Relative addresses: the built page works under any path of any host.
  base: './',
  publicDir: 'data',
  plugins: [svelte(), offline(), firstView(), element()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: 'index.html', 'service-worker': 'www/offline/service-worker.js' },
      // What is fetched later is in a folder of its own, so that the budget of the first view can be measured.
      output: {
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
        chunkFileNames: ({ moduleIds }) =>
          `assets/${moduleIds.some((id) => firstModules.has(id)) ? '' : 'later/'}[name]-[hash].js`,
        assetFileNames: ({ names: [name] }) => `assets/${name === 'later.css' ? 'later/' : ''}[name]-[hash][extname]`,
        // The style of all that is fetched later is one file: compressed together, it is half as many bytes.
        codeSplitting: { groups: [{ name: 'later', test: (id) => isStyle(id) && !firstModules.has(id) }] },
      },
    },
  },
  worker: {
    format: 'es',
    rollupOptions: {
      output: {
        entryFileNames: ({ name }) =>
          `assets/${/^(experiment|formats|own-set|inquiry)/.test(name) ? 'later/' : ''}[name]-[hash].js`,
        assetFileNames: ({ names: [name] }) =>
          `assets/${/formats|own_set|inquiry/.test(name ?? '') ? 'later/' : ''}[name]-[hash][extname]`,
      },
    },
  },
  server: { watch: { ignored: ['**/target/**', '**/dist/**', '**/test-results/**'] } },
  // Long enough for a machine that is busy with other things: no test is to depend on time.
  test: {
    include: ['www/**/*.test.js', 'xtask/**/*.test.js', 'tests/package/*.test.js'],
    testTimeout: 30_000,
    // A thread starts faster than a process, and there is one for each of a hundred files.
    pool: 'threads',
    tags: [{ name: 'slow', description: 'Left out by `cargo xtask check`.' }],
  },
});
