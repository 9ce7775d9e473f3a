import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build, mergeConfig } from 'vite';
import { mainTargets } from '../../vite.main.config.ts';

const folder = join(import.meta.dirname, '../../dist/bench');

/** Builds the core as it ships, with a bench's part beside it, so that what is measured is what people run. */
export async function buildBench(name: string): Promise<void> {
  const input = { [name]: join(import.meta.dirname, `${name}.ts`) };
  await build(mergeConfig(mainTargets.core(), { build: { outDir: folder, rolldownOptions: { input } } }));
}

/** Runs that part, as `runApart`. */
export const runBuilt = <Answer>(name: string, order: object): Promise<Answer> => runApart(join(folder, `${name}.js`), order);

/** Runs a module that answers one order in a process of its own: what was run before leaves neither memory nor threads behind in it. */
export async function runApart<Answer>(file: string, order: object): Promise<Answer> {
  const child = fork(file);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended without an answer`);
  });
  child.send(order);
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer];
  ended.catch(() => undefined);
  child.kill();
  return answer;
}
