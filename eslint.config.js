import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import svelteConfig from './svelte.config.js';

export default defineConfig([
  globalIgnores(['pkg/', 'dist/', 'target/', 'test-results/']),
  js.configs.recommended,
  svelte.configs.recommended,
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
  { files: ['benches/**'], languageOptions: { globals: { ...globals.node, ...globals.worker } } },
  { files: ['xtask/**'], rules: { 'no-console': 'off' } },
]);
