import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { shellCalls } from './main/contract/bridge.ts';
import type { Call } from './main/contract/call.ts';
import { contract } from './main/contract/contract.ts';

/** Native code ships as it is, beside the bundle; everything else is bundled in. */
const nativePackages = ['pkcs11js', '@napi-rs/keyring'];

/** `area.name` of every call: the bridge has these functions and no other. */
const calls = [
  ...Object.entries(contract).flatMap(([area, members]) =>
    Object.entries<Call>(members)
      .filter(([, member]) => member.verb !== 'push')
      .map(([name]) => `${area}.${name}`),
  ),
  ...shellCalls,
];

const root = import.meta.dirname;
const entry = (path: string): string => join(root, path);

/** What can be built, each into its own folder of dist: `vite build -c vite.main.config.ts --mode <one of these>`. */
export const mainTargets = {
  /** The core with its threads, and the command line, for the Node that ships with Keyward. */
  core: () =>
    forNode('core', nativePackages, {
      core: entry('main/core.ts'),
      cli: entry('main/cli.ts'),
      ...Object.fromEntries(globSync('main/workers/*.ts', { cwd: root }).map((path) => [`workers/${basename(path, '.ts')}`, entry(path)])),
    }),
  /** The shell, for Electron's main process. */
  shell: () => forNode('main', ['electron', 'playwright-core'], { main: entry('main/main.ts') }),
  'preload-electron': () => forPage('cjs', 'electron', ['electron']),
  'preload-chromium': () => forPage('iife', 'chromium', []),
} satisfies Record<string, () => UserConfig>;

export type MainTarget = keyof typeof mainTargets;

export default defineConfig(({ mode }) => {
  if (!Object.hasOwn(mainTargets, mode)) throw new Error(`--mode is one of ${Object.keys(mainTargets).join(', ')}`);
  return mainTargets[mode as MainTarget]();
});

const common = { root, configFile: false, publicDir: false, logLevel: 'warn' } as const;

/** A file that is not code of ours, found beside the bundle under its own name. */
function besideTheBundle(path: string): Plugin {
  return {
    name: 'beside-the-bundle',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: basename(path), source: readFileSync(entry(path)) });
    },
  };
}

function forNode(folder: string, external: string[], input: Record<string, string>): UserConfig {
  return {
    ...common,
    ssr: { noExternal: true, external },
    plugins: folder === 'core' ? [besideTheBundle('resources/verifier/verify_log.py')] : [],
    build: {
      outDir: join(root, 'dist', folder),
      ssr: true,
      target: 'node24',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { input, external, output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  };
}

/** One script without imports: a sandboxed preload may load nothing else. */
function forPage(format: 'cjs' | 'iife', name: string, external: string[]): UserConfig {
  return {
    ...common,
    define: { KEYWARD_CALLS: JSON.stringify(calls) },
    build: {
      outDir: join(root, 'dist/preload'),
      emptyOutDir: false,
      target: 'chrome140',
      minify: false,
      reportCompressedSize: false,
      modulePreload: false,
      rolldownOptions: {
        input: { [name]: entry(`preload/${name}.ts`) },
        external,
        output: { format, entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js' },
      },
    },
  };
}
