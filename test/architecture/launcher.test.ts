import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { root } from './support/tree.ts';

/** Stands in for the command line: says how it was started. */
const entry = `
import { readFileSync } from 'node:fs';
const limits = readFileSync('/proc/self/limits', 'utf8');
const coreLimit = /^Max core file size\\s+(\\S+)\\s+(\\S+)/m.exec(limits)?.slice(1);
console.log(JSON.stringify({ given: process.argv.slice(2), directory: process.cwd(), names: Object.keys(process.env), coreLimit }));
`;

const setup =
  '#!/bin/bash\necho setting up\nmkdir -p "$(dirname "$0")/../node_modules/.cache/keyward"\n>> "$(dirname "$0")/../setups" echo "$1"\n';
const stamp = 'cd "$(dirname "$0")/.." && cp package-lock.json node_modules/.cache/keyward/set-up\n';

const startSchema = z.object({
  given: z.array(z.string()),
  directory: z.string(),
  names: z.array(z.string()),
  coreLimit: z.tuple([z.string(), z.string()]),
});

/** A checkout with the launcher as it is, in a folder whose name has a space. */
function checkout(): string {
  const parent = mkdtempSync(join(tmpdir(), 'kw-launch-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const directory = join(parent, 'a check out');
  for (const folder of ['scripts', 'main', 'node_modules/.bin']) mkdirSync(join(directory, folder), { recursive: true });
  for (const file of ['keyward', 'scripts/environment']) cpSync(join(root, file), join(directory, file));
  writeFileSync(join(directory, 'scripts/setup'), setup + stamp, { mode: 0o755 });
  writeFileSync(join(directory, 'main/cli.ts'), entry);
  writeFileSync(join(directory, 'package-lock.json'), '{}');
  symlinkSync(process.execPath, join(directory, 'node_modules/.bin/node'));
  return directory;
}

interface Start extends z.infer<typeof startSchema> {
  readonly stderr: string;
}

function launch(program: string, given: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<Start> {
  return new Promise((resolve, reject) => {
    execFile(program, given, { cwd, env }, (error, stdout, stderr) => {
      if (error !== null) reject(error);
      else resolve({ ...startSchema.parse(JSON.parse(stdout)), stderr });
    });
  });
}

test('the launcher works from any folder, through links, and hands on its arguments as they are', async () => {
  const directory = checkout();
  symlinkSync('a check out/keyward', join(directory, '../first link'));
  symlinkSync(join(directory, '../first link'), join(directory, 'second'));
  const given = ['people', 'list', '', 'two words', '--name', '$(id) *'];
  const start = await launch(join(directory, 'second'), given, tmpdir());
  expect(start.given).toEqual(given);
  expect(start.directory).toBe(tmpdir());
});

test('the launcher sets the checkout up once, without a word on standard output', async () => {
  const directory = checkout();
  const first = await launch(join(directory, 'keyward'), ['help'], directory);
  const second = await launch(join(directory, 'keyward'), ['help'], directory);
  expect([first.stderr, second.stderr]).toEqual(['setting up\n', '']);
  expect(readFileSync(join(directory, 'setups'), 'utf8')).toBe('command-line\n');
});

test('the launcher sets the checkout up again when other packages are asked for, however old their list is', async () => {
  const directory = checkout();
  await launch(join(directory, 'keyward'), ['help'], directory);
  writeFileSync(join(directory, 'package-lock.json'), '{"a":1}');
  utimesSync(join(directory, 'package-lock.json'), 0, 0);
  expect((await launch(join(directory, 'keyward'), ['help'], directory)).stderr).toBe('setting up\n');
});

test('nothing hostile in the environment reaches the process, and no core file can hold its memory', async () => {
  const directory = checkout();
  const evil = join(directory, 'evil.cjs');
  writeFileSync(evil, 'console.log("evil was here");');
  writeFileSync(join(directory, 'evil.sh'), 'echo evil was here');
  const hostile = {
    NODE_OPTIONS: `--require ${JSON.stringify(evil)}`,
    NODE_PATH: directory,
    NODE_DEBUG: '*',
    NODE_REPL_EXTERNAL_MODULE: evil,
    NODE_V8_COVERAGE: join(directory, 'coverage'),
    BASH_ENV: join(directory, 'evil.sh'),
    LD_LIBRARY_PATH: directory,
    DEBUG: '*',
    PWDEBUG: '1',
    SSLKEYLOGFILE: join(directory, 'keys'),
    OPENSSL_CONF: join(directory, 'openssl.cnf'),
    ELECTRON_RUN_AS_NODE: '1',
    npm_config_node_options: `--require ${evil}`,
  };
  const { names, coreLimit } = await launch(join(directory, 'keyward'), ['help'], directory, { ...process.env, ...hostile });
  expect(names).toEqual(expect.arrayContaining(['PATH', 'HOME', 'PWD']));
  expect(names.filter((name) => name in hostile)).toEqual([]);
  expect(coreLimit).toEqual(['0', '0']);
});
