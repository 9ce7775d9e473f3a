import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contentOf, root } from './support/tree.ts';

interface Item {
  readonly version: string;
  readonly integrity?: string;
  readonly optional?: boolean;
}
type Packages = Readonly<Record<string, Item>>;

/** Whether `npm ci` is not needed, where the lock file asks for the first, npm installed the second and the third is there. */
function isInstalled(locked: Packages, installed: Packages | undefined, present = Object.keys(installed ?? {})): boolean {
  const directory = mkdtempSync(join(tmpdir(), 'kw-installed-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const folder of ['scripts', 'node_modules']) mkdirSync(join(directory, folder));
  cpSync(join(root, 'scripts/is-installed.mjs'), join(directory, 'scripts/is-installed.mjs'));
  const write = (file: string, packages: Packages) => writeFileSync(join(directory, file), JSON.stringify({ packages }));
  write('package-lock.json', { '': { version: '0.1.0' }, ...locked });
  if (installed !== undefined) write('node_modules/.package-lock.json', installed);
  for (const path of present) mkdirSync(join(directory, path));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/is-installed.mjs'], { cwd: directory, encoding: 'utf8' });
  expect(stderr).toBe('');
  return status === 0;
}

describe('the packages are installed', () => {
  const a = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } };
  const optional = { 'node_modules/b': { version: '1.0.0', optional: true } };

  test('when each is there as the lock file names it, but for optional ones that are not for this machine', () => {
    expect(isInstalled(a, a)).toBe(true);
    expect(isInstalled({ ...a, ...optional }, a)).toBe(true);
    expect(isInstalled({ ...a, ...optional }, { ...a, ...optional })).toBe(true);
  });

  test('not when nothing is, or the installation was broken off', () => {
    expect(isInstalled(a, undefined)).toBe(false);
  });

  test('not when the folder of one is gone that npm installed', () => {
    expect(isInstalled(a, a, [])).toBe(false);
  });

  test('not when one is missing, is another version, has another content, or is not asked for any more', () => {
    expect(isInstalled(a, {})).toBe(false);
    expect(isInstalled(a, { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } })).toBe(false);
    expect(isInstalled(a, { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } })).toBe(false);
    expect(isInstalled(a, { ...a, ...optional })).toBe(false);
    expect(isInstalled({ ...a, ...optional }, { ...a, 'node_modules/b': { version: '2.0.0' } })).toBe(false);
  });
});

test('every line of the Debian list names one package, who needs it and what for', () => {
  const lines = contentOf('scripts/debian-packages')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.filter((line) => !/^[a-z0-9][a-z0-9.+-]+ +(command-line|window|test) +\S.{10,}$/.test(line))).toEqual([]);
  const names = lines.map((line) => line.split(' ')[0]);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['chromium', 'xvfb', 'xauth', 'openssl', 'gnupg', 'gpgsm', 'softhsm2', 'libnss3-tools']));
});
