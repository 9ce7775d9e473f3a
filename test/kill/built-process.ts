import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, mergeConfig } from 'vite';
import { mainTargets } from '../../vite.main.config.ts';

/** Builds a process of these tests as the core is built, into a folder: it starts in half the time then, which counts where hundreds of them do. */
export async function buildProcess(source: URL, outDir: string): Promise<string> {
  const path = fileURLToPath(source);
  const name = basename(path, '.ts');
  await build(mergeConfig(mainTargets.core(), { logLevel: 'error', build: { outDir, rolldownOptions: { input: { [name]: path } } } }));
  return join(outDir, `${name}.js`);
}
