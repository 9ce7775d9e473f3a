import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The window as files with fixed names and relative addresses: a host serves them from a list made at build time.
 * Nothing is inlined, so that the policy `script-src 'self'; font-src 'self'; img-src 'self'` holds.
 * The host puts a fresh nonce in place of `__STYLE_NONCE__` in index.html and in its `style-src`.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [react()],
  html: { cspNonce: '__STYLE_NONCE__' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: 'assets/[name][extname]' },
    },
  },
});
