import { join } from 'node:path';
import { build, mergeConfig } from 'vite';
import { mainTargets } from '../../vite.main.config.ts';

/** Builds a process of these tests as the core is built, into a folder: it starts in half the time then, which counts where hundreds of them do. */
export async function buildProcess(name: string, outDir: string): Promise<string> {
  const input = { [name]: join(import.meta.dirname, `${name}.ts`) };
  await build(mergeConfig(mainTargets.core(), { logLevel: 'error', build: { outDir, rolldownOptions: { input } } }));
  return join(outDir, `${name}.js`);
}
