import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildEchoBridge, startDisplay, whyNoWindow, type Display } from './fixtures/chromium-host.ts';
import { temporaryDirectory } from './fixtures/connected-sockets.ts';

if (whyNoWindow !== '') process.stderr.write(`SKIPPED: the window cannot be tested here; missing: ${whyNoWindow}\n`);

const passphrase = 'bluebell-harbour-seventeen';
const echoMain = fileURLToPath(new URL('fixtures/echo-main.ts', import.meta.url));
const passphrasePage = fileURLToPath(new URL('../fixtures/passphrase-page', import.meta.url));

/** Every form in which a careless log would hold it. */
const forms = [
  passphrase,
  Buffer.from(passphrase).toString('base64').slice(0, 32),
  Buffer.from(passphrase).toString('hex'),
  [...Buffer.from(passphrase)].join(','),
];
const spacedHex = Buffer.from(passphrase)
  .toString('hex')
  .replaceAll(/(..)(?=.)/g, '$1 ');

describe.skipIf(whyNoWindow !== '')('in an environment that wants everything written down', () => {
  const directory = temporaryDirectory();
  const home = join(directory.path, 'home');
  const spied = join(directory.path, 'spied');
  let display: Display;
  let child: ChildProcessByStdio<null, Readable, Readable> | undefined;
  let output = '';
  let status: number | null;

  beforeAll(async () => {
    display = await startDisplay();
    const bridge = await buildEchoBridge(join(directory.path, 'bridge'));
    for (const folder of [home, spied]) mkdirSync(folder);
    // Whoever loads this says so: the shell itself cannot help it, its children must not.
    writeFileSync(
      join(directory.path, 'spy.cjs'),
      `require('node:fs').writeFileSync(${JSON.stringify(spied)} + '/' + process.pid, process.argv.join(' '));`,
    );
    const environment = {
      HOME: home,
      PATH: process.env['PATH'],
      DISPLAY: display.name,
      TMPDIR: directory.path,
      DEBUG: '*',
      DEBUG_FILE: join(directory.path, 'debug-file'),
      PWDEBUG: '1',
      PW_TEST_REPORTER: 'x',
      NODE_OPTIONS: `--require=${join(directory.path, 'spy.cjs')}`,
      NODE_DEBUG: '*',
      NODE_V8_COVERAGE: join(directory.path, 'coverage'),
      SSLKEYLOGFILE: join(directory.path, 'keys'),
      CHROMIUM_FLAGS: '--enable-logging --v=3',
      CHROME_LOG_FILE: join(directory.path, 'chrome-log'),
    };
    child = spawn(process.execPath, [echoMain, passphrasePage, bridge, '--workspace', join(directory.path, 'practice')], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('latin1')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('latin1')));
    [status] = (await once(child, 'close')) as [number | null];
  });
  afterAll(() => {
    child?.kill('SIGKILL');
    display?.stop();
    directory.remove();
  });

  const files = (): string[] =>
    readdirSync(directory.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

  test('the passphrase is used all the same, and the window ends well', () => {
    const logs = files().filter((file) => file.endsWith('core.log'));
    expect(logs).toHaveLength(1);
    expect(readFileSync(logs[0] ?? '', 'utf8')).toContain(createHash('sha256').update(passphrase).digest('hex'));
    expect(status).toBe(0);
  });

  test.each([...forms, spacedHex])('no log, no file and no terminal holds it (%#)', (form) => {
    expect(files().length).toBeGreaterThan(5);
    expect(output.includes(form)).toBe(false);
    expect(files().filter((file) => readFileSync(file).includes(form))).toEqual([]);
  });

  test('no child loads the code that the environment names', () => {
    const loaders = readdirSync(spied).map((pid) => readFileSync(join(spied, pid), 'utf8'));
    expect(loaders).toHaveLength(1);
    expect(loaders[0]).toContain('echo-main.ts');
  });

  test('no file that the environment names is written', () => {
    expect(['debug-file', 'keys', 'chrome-log'].filter((name) => existsSync(join(directory.path, name)))).toEqual([]);
  });
});
