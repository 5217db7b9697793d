import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import svelteConfig from './svelte.config.js';
import { MAY_IMPORT, MAY_START_WORKERS } from './www/rooms.js';

const TESTS = ['**/*.test.js', '**/testing/**'];

/** How a file writes its way out of its room depends on how deep in the room it is. */
const rooms = Object.keys(MAY_IMPORT).flatMap((room) =>
  (room.endsWith('.js') ? [0] : [1, 2, 3]).map((depth) => keepInRoom(room, depth)),
);

/** @param {string} room @param {number} depth @returns {import('eslint').Linter.Config} */
function keepInRoom(room, depth) {
  const others = MAY_IMPORT[room] ?? [];
  return {
    files: [depth === 0 ? `www/${room}` : `www/${room}/${'*/'.repeat(depth - 1)}*.{js,svelte}`],
    ignores: TESTS,
    rules: { 'no-restricted-imports': ['error', { patterns: [pattern(room, depth, others)] }] },
  };
}

/** @param {string} room @param {number} depth @param {readonly string[]} others */
function pattern(room, depth, others) {
  const way = depth === 0 ? '\\./' : `(?:\\.\\./){${depth}}`;
  const allowed = others.map((other) => `${other.replaceAll('.', '\\.')}(?:/|$)`);
  const regex = `^${way}(?!${allowed.join('|') || '$'})`;
  return { regex, message: `www/${room} may import only ${others.join(', ') || 'itself'}: see www/rooms.js.` };
}

export default defineConfig([
  globalIgnores(['pkg/{convscope*,element.js,presets.js,types/**}', 'dist/', 'target/', 'test-results/']),
  js.configs.recommended,
  svelte.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['www/**'], ignores: ['www/engine/**'], languageOptions: { globals: globals.browser } },
  { files: ['www/engine/**'], languageOptions: { globals: globals.worker } },
  { files: ['www/**/*.svelte', 'www/**/*.svelte.js'], languageOptions: { parserOptions: { svelteConfig } } },
  // Svelte's own rule knows that props are declared with `let`.
  { files: ['www/**/*.svelte'], rules: { 'prefer-const': 'off', 'svelte/prefer-const': 'error' } },
  // Not every URL or Map in a module with state is state.
  { files: ['www/**/*.svelte.js'], rules: { 'svelte/prefer-svelte-reactivity': 'off' } },
  {
    files: ['*.js', 'tests/**', 'xtask/**', 'www/**/*.test.js', 'www/**/testing/**'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  // Parts of one program, in one file in the end.
  {
    files: ['src/formats/html/*.js'],
    languageOptions: {
      globals: {
        ...globals.browser,
        ...{ ALL_STEPS: false, digitFromStrokes: false, logits: false, softmax: false, numbersOf: false },
      },
    },
    rules: {
      'no-redeclare': ['error', { builtinGlobals: false }],
      'no-unused-vars': ['error', { varsIgnorePattern: '^(logits|softmax|numbersOf)$', argsIgnorePattern: '^_' }],
    },
  },
  { files: ['pkg/**'], languageOptions: { globals: { ...globals.browser, ...globals.worker } } },
  { files: ['pkg/*node.js'], languageOptions: { globals: globals.node } },
  { files: ['benches/**'], languageOptions: { globals: { ...globals.node, ...globals.worker } } },
  { files: ['xtask/**'], rules: { 'no-console': 'off' } },
  ...rooms,
  {
    files: ['www/**'],
    ignores: [...TESTS, ...MAY_START_WORKERS.flatMap((place) => [`www/${place}`, `www/${place}/**`])],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Worker"]',
          message: 'Workers are started elsewhere: see www/rooms.js.',
        },
      ],
    },
  },
  {
    files: ['www/**', 'xtask/**', 'pkg/**'],
    ignores: TESTS,
    rules: {
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    },
  },
]);
