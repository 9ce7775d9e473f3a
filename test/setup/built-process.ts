import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, mergeConfig } from 'vite';
import { mainTargets } from '../../vite.main.config.ts';

const dist = fileURLToPath(new URL('../../dist/test', import.meta.url));

/** Where a process of tests stands once it is built. */
export const builtProcess = (source: URL, folder = nameOf(source)): string => join(dist, folder, `${nameOf(source)}.js`);

/** Builds one as the core is built: it starts in a quarter of the time then, which counts where hundreds of them do. */
export async function buildProcess(source: URL): Promise<string> {
  await buildProcesses([source], nameOf(source));
  return builtProcess(source);
}

/** Builds several into one folder. */
export async function buildProcesses(sources: readonly URL[], folder: string): Promise<void> {
  const input = Object.fromEntries(sources.map((source) => [nameOf(source), fileURLToPath(source)]));
  await build(mergeConfig(mainTargets.core(), { logLevel: 'error', build: { outDir: join(dist, folder), rolldownOptions: { input } } }));
}

const nameOf = (source: URL): string => basename(source.pathname, '.ts');
