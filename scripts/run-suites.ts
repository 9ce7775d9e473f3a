/**
 * Runs all suites, or those named, in order, and says what each took and came to. The last line is `N passed, N failed`, with
 * `, N skipped` after it when there are any; before it stands every test that failed, with the first lines of what it said, and
 * every test that passed only when it was tried again. In CI a skip that test/allowed-skips.txt does not name is a failure.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowanceFor, readAllowedSkips } from './suites/allowed-skips.ts';
import type { SuiteRun } from './suites/run-suite.ts';
import { runSuite } from './suites/run-suite.ts';
import type { Failure, Suite } from './suites/suite.ts';
import { failureOf } from './suites/suite.ts';
import { suitesOf } from './suites/suites.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** All suites, or those whose names are given. A name that is none would run nothing, so it is refused. */
function wantedSuites(names: readonly string[]): Suite[] {
  const suites = suitesOf(root);
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`no such suite: ${unknown.join(', ')}`);
  return suites.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function runAll(suites: readonly Suite[], directory: string): Promise<SuiteRun[]> {
  const runs: SuiteRun[] = [];
  for (const suite of suites) {
    console.log(`\n== ${suite.name}: ${suite.about}`);
    const run = await runSuite(suite, root, directory);
    console.log(`== ${suite.name}: ${countsOf(run)} in ${run.seconds.toFixed(1)} s`);
    runs.push(run);
  }
  return runs;
}

function countsOf({ outcome: { passed, failed, skipped } }: SuiteRun): string {
  return `${passed} passed, ${failed.length} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`;
}

/** Names every skip and its reason; gives those that CI does not accept. */
function reportSkips(skipped: readonly string[]): Failure[] {
  const allowed = readAllowedSkips(readFileSync(join(root, 'test/allowed-skips.txt'), 'utf8'));
  const unexpected = skipped.filter((test) => allowanceFor(test, allowed) === undefined);
  for (const test of skipped) console.log(`SKIPPED ${test}: ${allowanceFor(test, allowed)?.reason ?? 'nobody allowed this'}`);
  if (process.env['CI'] === undefined) return [];
  return unexpected.map((test) => failureOf(test, 'skipped, and test/allowed-skips.txt does not name it'));
}

function reportEach(verdict: 'FAILED' | 'UNSTEADY', failures: readonly Failure[]): void {
  for (const { name, said } of failures) console.log([`${verdict} ${name}`, ...said.map((line) => `    ${line}`)].join('\n'));
}

function report(runs: readonly SuiteRun[]): void {
  console.log('');
  for (const run of runs) console.log(`${run.suite.padEnd(12)} ${run.seconds.toFixed(1).padStart(7)} s   ${countsOf(run)}`);
  const skipped = runs.flatMap(({ outcome }) => outcome.skipped);
  const failed = [...runs.flatMap(({ outcome }) => outcome.failed), ...reportSkips(skipped)];
  reportEach(
    'UNSTEADY',
    runs.flatMap(({ outcome }) => outcome.unsteady),
  );
  reportEach('FAILED', failed);
  const passed = runs.reduce((sum, { outcome }) => sum + outcome.passed, 0);
  console.log(`${passed} passed, ${failed.length} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`);
  process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
}

const suites = wantedSuites(process.argv.slice(2));
const directory = mkdtempSync(join(tmpdir(), 'kw-'));
/* Tests that act as another user must be able to pass through it. */
chmodSync(directory, 0o711);
try {
  report(await runAll(suites, directory));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
