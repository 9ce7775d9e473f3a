/** One thing that vite builds into `dist`, and what it is made from. */
export interface BuildTarget {
  readonly name: string;
  /** Arguments of `vite build`. */
  readonly arguments: readonly string[];
  /** Patterns of files that, when they change, make it stale. */
  readonly inputs: readonly string[];
  /** A file that is there once it is built. */
  readonly output: string;
}

const everywhere = ['package-lock.json', 'tsconfig.base.json', 'main/contract/**/*.ts', 'main/domain/**/*.ts'];

const mainTarget = (name: string, output: string, ...inputs: readonly string[]): BuildTarget => ({
  name,
  output,
  arguments: ['--config', 'vite.main.config.ts', '--mode', name],
  inputs: ['vite.main.config.ts', ...everywhere, ...inputs],
});

/** All of `dist`. A checkout runs the command line from its sources; a window needs `renderer`, `core` and a preload, in Electron the `shell` as well. */
export const buildTargets: readonly BuildTarget[] = [
  {
    name: 'renderer',
    output: 'dist/renderer/index.html',
    arguments: ['--config', 'renderer/vite.config.ts'],
    inputs: [...everywhere, 'renderer/**/*', 'resources/**/*'],
  },
  mainTarget('preload-chromium', 'dist/preload/chromium.js', 'preload/**/*.ts'),
  mainTarget('preload-electron', 'dist/preload/electron.cjs', 'preload/**/*.ts'),
  mainTarget('shell', 'dist/main/main.js', 'main/**/*.ts'),
  mainTarget('core', 'dist/core/core.js', 'main/**/*.ts', 'native/**/*.ts', 'resources/locales/**/*', 'resources/verifier/*'),
];
