import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const cli = join(import.meta.dirname, '../../dist/core/cli.js');

/** A folder with a passphrase, and the real command line in a process of its own. */
function desk() {
  const directory = mkdtempSync(join(tmpdir(), 'keyward-folder-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = (name: string) => join(directory, name);
  writeFileSync(path('passphrase'), 'correct horse battery staple\n', { mode: 0o600 });
  const run = (workspace: string, ...words: readonly string[]) =>
    spawnSync(process.execPath, [cli, ...words, '--workspace', workspace, '--passphrase-file', path('passphrase')]).status;
  return { path, run };
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

it('an empty folder that others can enter is closed to them by init, and a practice in one by every command', () => {
  const { path, run } = desk();
  const workspace = path('practice');
  mkdirSync(workspace, { mode: 0o755 });
  expect(run(workspace, 'init', '--name', 'Ridgeway', '--recovery-code-file', path('code'))).toBe(0);
  expect(modeOf(workspace)).toBe(0o700);
  chmodSync(workspace, 0o755);
  expect(run(workspace, 'people', 'list')).toBe(0);
  expect(modeOf(workspace)).toBe(0o700);
});

it('a folder that others may use for something else keeps its mode', () => {
  const { path, run } = desk();
  const shared = path('shared');
  mkdirSync(shared, { mode: 0o755 });
  writeFileSync(join(shared, 'minutes.txt'), '');
  expect(run(shared, 'people', 'list')).not.toBe(0);
  expect(modeOf(shared)).toBe(0o755);
});
