import { separator } from './suite.ts';

/** A line of test/allowed-skips.txt: `name: reason`, where the name is a file, a group, a browser project or a test. */
export interface AllowedSkip {
  readonly name: string;
  readonly reason: string;
}

/** Reads the list; empty lines and lines that begin with # say nothing. */
export function readAllowedSkips(text: string): AllowedSkip[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const colon = line.indexOf(': ');
    if (colon < 1) throw new Error(`an allowed skip without a reason: ${line}`);
    return { name: line.slice(0, colon), reason: line.slice(colon + 2).trim() };
  });
}

/** The entry that allows this test to be skipped: its name is the whole of one link in the test's chain of names. */
export function allowanceFor(test: string, allowed: readonly AllowedSkip[]): AllowedSkip | undefined {
  const links = test.split(separator);
  return allowed.find(({ name }) => links.includes(name));
}
