/** Whether the files of a data set are there at all: a host need not have every set. */

import { folderOf, SETS } from '../../model/data-sets.js';
import { problem } from '../problem.js';
import { ZIPPED_NAMES } from './sources.js';

/** @typedef {import('../../model/data-sets.js').HostedSet} HostedSet */

/** How long the host is waited for. */
const PATIENCE_MS = 20_000;

/**
 * Why a data set is not available here, in one sentence; null if its files are there. Where one is missing, some hosts
 * send a web page in its place: the response must begin as a data file does.
 * @param {string} dataUrl the folder of all sets
 * @param {HostedSet} set
 * @param {typeof globalThis.fetch} fetch
 * @returns {Promise<import('../../model/reports.js').Problem | null>}
 */
export async function absence(dataUrl, set, fetch) {
  const { name } = SETS[set];
  try {
    // The smallest of the four.
    const response = await fetch(folderOf(dataUrl, set) + ZIPPED_NAMES.testLabels, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok && isData(new Uint8Array(await response.arrayBuffer()))) return null;
    if (!response.ok && response.status !== 404 && response.status !== 410) {
      return problem('no_data', `${name} could not be fetched: the server answered ${response.status}.`);
    }
  } catch {
    return problem('no_data', `${name} could not be fetched: the connection failed.`);
  }
  const [other] = Object.entries(SETS).filter(([key]) => key !== set);
  const make = `cargo xtask data --set ${set}`;
  return problem(
    'no_data',
    `${name} is not on this site. Choose ${other?.[1].name}. If the site is yours, create the files with “${make}”.`,
  );
}

/** Whether it is gzip, or an IDX file that was unpacked in transit. @param {Uint8Array} bytes */
function isData([first, second]) {
  return (first === 0x1f && second === 0x8b) || (first === 0 && second === 0);
}
