import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from './tree.ts';

/**
 * A small tree of its own, with our configuration and packages and the given files, in which a lock can be seen to
 * bite. Gone when the test is finished.
 */
export function sampleTree(files: Readonly<Record<string, string>>, configuration: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'kw-sample-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  for (const file of configuration) cpSync(join(root, file), join(directory, file));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), content);
  }
  return directory;
}
