import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build, mergeConfig, type Plugin } from 'vite';
import { coreFlags } from '../../main/hosts/core-command.ts';
import { mainTargets } from '../../vite.main.config.ts';

const folder = join(import.meta.dirname, '../../dist/bench');

/** Builds the core as it ships, with a bench's part beside it, so that what is measured is what people run. */
export async function buildBench(name: string): Promise<void> {
  await buildInto(folder, name, []);
}

/** The same in a folder of its own with one module of the core replaced, to see what that module costs. */
export async function buildWithout(name: string, module: string, replacement: string): Promise<string> {
  const replaced: Plugin = {
    name: 'without',
    enforce: 'pre',
    resolveId: (source) => (source.endsWith(`/${module}`) ? join(import.meta.dirname, replacement) : null),
  };
  const apart = `${folder}-without`;
  await buildInto(apart, name, [replaced]);
  return join(apart, `${name}.js`);
}

async function buildInto(outDir: string, name: string, plugins: readonly Plugin[]): Promise<void> {
  const input = { [name]: join(import.meta.dirname, `${name}.ts`) };
  await build(mergeConfig(mainTargets.core(), { plugins: [...plugins], build: { outDir, rolldownOptions: { input } } }));
}

/** Runs that part, as `runApart`. */
export const runBuilt = <Answer>(name: string, order: object): Promise<Answer> => runApart(join(folder, `${name}.js`), order);

/** Runs a module that answers one order in a process of its own: what was run before leaves neither memory nor threads behind in it. Node is
 * told what the core's is. */
export async function runApart<Answer>(file: string, order: object): Promise<Answer> {
  const child = fork(file, { execArgv: [...coreFlags] });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended without an answer`);
  });
  child.send(order);
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer];
  ended.catch(() => undefined);
  child.kill();
  return answer;
}
