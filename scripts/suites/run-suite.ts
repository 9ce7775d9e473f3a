import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, Suite } from './suite.ts';
import { complete } from './suite.ts';

/** A suite that takes longer than this hangs. */
const deadlineSeconds = 1800;

export interface SuiteRun {
  readonly suite: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

/** Runs one suite in a process group of its own, with `directory` as its place for temporary files. */
export async function runSuite(suite: Suite, root: string, directory: string): Promise<SuiteRun> {
  const reportFile = join(directory, `${suite.name}.json`);
  const begin = performance.now();
  const exitCode = await runToEnd(suite, root, { TMPDIR: directory, ...suite.environment?.(reportFile) }, suite.arguments(reportFile));
  const outcome = complete(suite.name, readReport(suite, reportFile), exitCode);
  return { suite: suite.name, outcome, seconds: (performance.now() - begin) / 1000 };
}

function readReport(suite: Suite, reportFile: string): Outcome | undefined {
  if (!existsSync(reportFile)) return undefined;
  const report: unknown = JSON.parse(readFileSync(reportFile, 'utf8'));
  return suite.read(report);
}

function runToEnd(suite: Suite, root: string, extra: Record<string, string>, commandArguments: readonly string[]): Promise<number | null> {
  const command = join(root, 'node_modules/.bin', suite.command);
  const child = spawn(command, commandArguments, {
    cwd: root,
    env: { ...process.env, ...extra },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    const stop = () => (child.pid === undefined ? false : process.kill(-child.pid, 'SIGKILL'));
    const deadline = setTimeout(stop, deadlineSeconds * 1000);
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(deadline);
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(code);
    });
  });
}
