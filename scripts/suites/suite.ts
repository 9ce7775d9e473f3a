/** What one run of a suite came to. Failed and skipped tests by name, so that none can hide in a number. */
export interface Outcome {
  readonly passed: number;
  readonly failed: readonly string[];
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

/**
 * The outcome with everything that is no test but went wrong counted as a failure: no report, no test at all, a
 * runner that ended badly although every test passed.
 */
export function complete(suite: string, outcome: Outcome | undefined, exitCode: number | null): Outcome {
  if (outcome === undefined) return { passed: 0, failed: [`${suite}: the runner left no report and ended with ${exitCode}`], skipped: [] };
  const { passed, failed, skipped } = outcome;
  if (passed + failed.length === 0) return { passed, failed: [`${suite}: no test ran`], skipped };
  if (failed.length === 0 && exitCode !== 0) {
    return { passed, failed: [`${suite}: every test passed, but the runner ended with ${exitCode}`], skipped };
  }
  return outcome;
}
