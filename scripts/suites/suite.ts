import { stripVTControlCharacters } from 'node:util';

/** A test that failed, and the first lines of what it said. */
export interface Failure {
  readonly name: string;
  readonly said: readonly string[];
}

/** What one run of a suite came to. Failed, unsteady and skipped tests by name, so that none can hide in a number. */
export interface Outcome {
  readonly passed: number;
  readonly failed: readonly Failure[];
  /** Passed, but only when they were tried again: they are among `passed`, and say what they said the first time. */
  readonly unsteady: readonly Failure[];
  readonly skipped: readonly string[];
}

export interface Suite {
  readonly name: string;
  /** What it covers, in a few words, for the person who watches it run. */
  readonly about: string;
  readonly command: string;
  /** The command's arguments; its report in JSON must end up in the file given here. */
  readonly arguments: (reportFile: string) => readonly string[];
  /** The report file for runners that take it from the environment. */
  readonly environment?: (reportFile: string) => Readonly<Record<string, string>>;
  readonly read: (report: unknown) => Outcome;
}

/** Names are joined by this; an allowed skip names one link of the chain. */
export const separator = ' › ';

const mostLines = 12;

/** What somebody who sees only the end of a run needs to know: the first lines, without colours. */
export function failureOf(name: string, message: string | undefined): Failure {
  const lines = stripVTControlCharacters(message ?? '').split('\n');
  return { name, said: lines.filter((line) => line.trim() !== '').slice(0, mostLines) };
}

const silent = (name: string): Failure => ({ name, said: [] });

/**
 * The outcome with everything that is no test but went wrong counted as a failure: no report, no test at all, a
 * runner that ended badly although every test passed.
 */
export function complete(suite: string, outcome: Outcome | undefined, exitCode: number | null): Outcome {
  if (outcome === undefined) {
    return { passed: 0, failed: [silent(`${suite}: the runner left no report and ended with ${exitCode}`)], unsteady: [], skipped: [] };
  }
  if (outcome.passed + outcome.failed.length === 0) return { ...outcome, failed: [silent(`${suite}: no test ran`)] };
  if (outcome.failed.length === 0 && exitCode !== 0) {
    return { ...outcome, failed: [silent(`${suite}: every test passed, but the runner ended with ${exitCode}`)] };
  }
  return outcome;
}
