import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses: the built page works under any path of any host.
  base: './',
  publicDir: 'data',
  plugins: [svelte()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rollupOptions: {
      // What is fetched later lies apart, so that the budget of the first view can be weighed.
      output: { chunkFileNames: ({ isDynamicEntry }) => `assets/${isDynamicEntry ? 'later/' : ''}[name]-[hash].js` },
    },
  },
  worker: {
    format: 'es',
    rollupOptions: {
      output: {
        entryFileNames: ({ name }) => `assets/${name.startsWith('experiment') ? 'later/' : ''}[name]-[hash].js`,
      },
    },
  },
  server: { watch: { ignored: ['**/target/**', '**/dist/**', '**/test-results/**'] } },
  test: { include: ['www/**/*.test.js', 'xtask/**/*.test.js'] },
});
