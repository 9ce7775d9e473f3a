/** The inner loop: every static check and the fast tests, two at a time. Says what each took, and shows what failed. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StaticCheck } from './static-checks.ts';
import { programOf, staticChecks } from './static-checks.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const tests: StaticCheck = { name: 'fast tests', command: 'vitest', arguments: ['run', '--project', 'unit', '--project', 'renderer'] };

interface Result {
  readonly name: string;
  readonly isGood: boolean;
  readonly output: string;
  readonly seconds: number;
}

function run(check: StaticCheck): Promise<Result> {
  const begin = performance.now();
  return new Promise((resolve) => {
    execFile(programOf(root, check), check.arguments, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ name: check.name, isGood: error === null, output: stdout + stderr, seconds: (performance.now() - begin) / 1000 });
    });
  });
}

function report({ name, isGood, output, seconds }: Result): void {
  console.log(`${isGood ? 'good  ' : 'FAILED'} ${seconds.toFixed(1).padStart(5)} s  ${name}`);
  if (isGood) return;
  process.exitCode = 1;
  console.log(output);
}

async function runFrom(queue: StaticCheck[]): Promise<void> {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) report(await run(check));
}

/** Compiled again is only what changed since the last time. */
function remembered(check: StaticCheck): StaticCheck {
  if (check.command !== 'tsc') return check;
  const memory = join(root, 'node_modules/.cache/keyward/types', `${check.name.replaceAll(/[^a-z0-9]+/g, '-')}.tsbuildinfo`);
  return { ...check, arguments: [...check.arguments, '--incremental', '--tsBuildInfoFile', memory] };
}

const queue = [tests, ...staticChecks(root).map(remembered)];
await Promise.all([runFrom(queue), runFrom(queue)]);
