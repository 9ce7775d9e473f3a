import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The kit: every piece of the window in composed scenes, to be looked at and checked. Never shipped. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [react()],
  html: { cspNonce: '__STYLE_NONCE__' },
  build: {
    outDir: '../../../out/kit',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
  },
});
