/** The folders of www/ are rooms, and each may know some of the others. The linter and a test hold them to it. */

const PURE = ['lib', 'model'];

/**
 * What a room may import from outside itself: folders and files, as paths from www/. Tests may import anything.
 * @type {Record<string, string[]>}
 */
export const MAY_IMPORT = {
  lib: [],
  charts: ['lib'],
  model: ['lib'],
  explain: PURE,
  link: PURE,
  runs: PURE,
  experiments: PURE,
  glossary: PURE,
  lessons: PURE,
  hand: PURE,
  own: PURE,
  exports: [...PURE, 'charts'],
  picture: ['lib'],
  offline: [],
  replay: [...PURE, 'link'],
  embed: [],
  engine: [...PURE, 'explain', 'experiments', 'offline', '../pkg'],
  client: [
    'engine/protocol.js',
    'engine/experiment/protocol.js',
    'engine/formats/protocol.js',
    'engine/inquiry/protocol.js',
    'engine/own-set/protocol.js',
    'model',
    'experiments',
  ],
  state: [...PURE, 'client', 'runs', 'link', 'experiments', 'lessons', 'hand', 'own', 'picture', 'replay'],
  views: [
    ...PURE,
    'charts',
    'explain',
    'link',
    'runs',
    'experiments',
    'glossary',
    'lessons',
    'exports',
    'hand',
    'own',
    'picture',
    'replay',
    'offline',
    'embed',
    'state',
  ],
  'main.js': ['state', 'views', 'style.css'],
};

/** Where a worker may be started: the page's end of the engine, and the engine's own pool of helpers. */
export const MAY_START_WORKERS = ['client', 'engine/pool', 'engine/run/run.worker.js'];

/** @param {string} path from www/ @param {readonly string[]} places */
export const isWithin = (path, places) => places.some((place) => path === place || path.startsWith(`${place}/`));

/** @param {string} file from www/ */
export const roomOf = (file) => /** @type {string} */ (file.split('/')[0]);
