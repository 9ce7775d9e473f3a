import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../main/contract/door.ts';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import { openLogFile } from '../../main/hosts/log-file.ts';
import { temporaryDirectory } from './fixtures/connected-sockets.ts';
import { idleActor, startEchoCore, type EchoCoreProcess } from './fixtures/echo-core-process.ts';

const caller: Caller = { connection: 'window-1', host: 'window' };
const closers: (() => Promise<void>)[] = [];
let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
  directory.remove();
});

function start(options: Parameters<typeof startEchoCore>[1] = {}, workspace = directory.path): EchoCoreProcess {
  const core = startEchoCore(workspace, options);
  closers.push(() => core.door.close());
  return core;
}

async function ask(core: EchoCoreProcess, name: string, input: unknown = null): Promise<unknown> {
  const reply = await core.door.call(name, input, caller);
  return reply.ok ? reply.value : Promise.reject(Object.assign(new Error(reply.error.message), reply.error));
}

test('a call made while the core starts is answered by it', async () => {
  expect(await ask(start(), 'echo.say', { text: 'grüezi' })).toEqual({ text: 'grüezi' });
});

test('the core learns who calls', async () => {
  expect(await ask(start(), 'echo.who')).toEqual(caller);
});

test('secrets and files arrive as octets, come back as such, and the secret sent is wiped', async () => {
  const passphrase = new Secret(Buffer.from('correct horse'));
  const file = new FileContent('staff.csv', Buffer.alloc(3_000_000, 'a,b\n'));
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const expected = { passphrase: sha256(passphrase.reveal()), file: sha256(file.bytes), name: 'staff.csv' };
  const answer = (await ask(start(), 'echo.digest', { passphrase, file })) as { password: Secret; copy: FileContent };
  expect(answer).toMatchObject(expected);
  expect(Buffer.from(answer.password.reveal()).toString()).toBe('generated');
  expect(Buffer.compare(answer.copy.bytes, file.bytes)).toBe(0);
  expect(passphrase.reveal().every((octet) => octet === 0)).toBe(true);
});

test('what cannot be sent is refused in the reply', async () => {
  await expect(ask(start(), 'echo.say', { n: 1n })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('news reaches every listener until it stops listening', async () => {
  const core = start();
  const heard: unknown[] = [];
  const stop = core.door.subscribe((name, payload) => heard.push([name, payload]));
  await ask(core, 'echo.push', 1);
  stop();
  await ask(core, 'echo.push', 2);
  expect(heard).toEqual([['echo.news', 1]]);
});

test('the core runs on plain Node 24 with nothing of a hostile environment, and leaves no core dump', async () => {
  const hostile = {
    DEBUG: '*',
    PWDEBUG: '1',
    NODE_OPTIONS: '--inspect',
    NODE_PATH: '/nowhere',
    LD_PRELOAD: '/nowhere.so',
    SSLKEYLOGFILE: '/nowhere',
    NODE_DEBUG: 'net',
  };
  const core = start({ environment: { ...process.env, ...hostile, PATH: '/hostile', LANG: 'C.UTF-8' } });
  const about = (await ask(core, 'echo.process')) as {
    environment: Record<string, string>;
    arguments: string[];
    node: string;
    coreLimit: string[];
  };
  expect(Object.keys(about.environment).filter((name) => Object.hasOwn(hostile, name))).toEqual([]);
  expect(about.environment['PATH']).toBe('/usr/local/bin:/usr/bin:/bin');
  expect(about.environment['LANG']).toBe('C.UTF-8');
  expect(about.node).toMatch(/^v24\./);
  expect(about.arguments).toContain('--disable-sigusr1');
  expect(about.coreLimit).toEqual(['0', '0']);
});

test('a core that is killed answers what was pending, says so, and is there again', async () => {
  const core = start();
  await ask(core, 'echo.say');
  const [pid, lost, ready] = [core.pid(), core.next('lost'), core.next('ready')];
  const pending = ask(core, 'echo.never');
  await Promise.all([
    expect(ask(core, 'echo.die')).rejects.toMatchObject({
      code: 'internal',
      details: { reason: 'core-lost' },
      hint: expect.stringMatching(/Sign in again/) as string,
    }),
    expect(pending).rejects.toMatchObject({ details: { reason: 'core-lost' } }),
  ]);
  expect(await lost).toMatchObject({ error: { code: 'internal' } });
  await expect(ask(core, 'echo.say')).rejects.toMatchObject({ details: { reason: 'core-lost' } });
  await ready;
  expect(await ask(core, 'echo.say', 'again')).toBe('again');
  expect(core.pid()).not.toBe(pid);
});

test('a core that cannot open its workspace says why in every call, and is tried again', async () => {
  writeFileSync(join(directory.path, 'refuse'), '');
  const core = start();
  const refused = core.next('refused');
  await expect(ask(core, 'echo.say')).rejects.toMatchObject({ code: 'store.corrupt' });
  expect(await refused).toMatchObject({ error: { code: 'store.corrupt', message: 'The database is damaged.' } });
  await expect(ask(core, 'echo.say')).rejects.toMatchObject({ code: 'store.corrupt' });
  rmSync(join(directory.path, 'refuse'));
  await core.next('ready');
  expect(await ask(core, 'echo.say', 'open')).toBe('open');
});

test('a workspace that cannot be made is refused with the reason', async () => {
  writeFileSync(join(directory.path, 'file'), '');
  await expect(ask(start({}, join(directory.path, 'file/practice')), 'echo.say')).rejects.toMatchObject({ code: 'input.invalid' });
});

test.each([
  ['an empty one is closed to others', undefined],
  ['a practice is closed to others', 'keyward.db'],
])('a workspace others can enter: %s', async (_, file) => {
  const workspace = join(directory.path, 'open');
  mkdirSync(workspace, { mode: 0o755 });
  if (file !== undefined) writeFileSync(join(workspace, file), '');
  expect(await ask(start({}, workspace), 'echo.say', 1)).toBe(1);
  expect(statSync(workspace).mode & 0o777).toBe(0o700);
});

test('a workspace others can enter and may use is refused as it is', async () => {
  const workspace = join(directory.path, 'shared');
  mkdirSync(workspace, { mode: 0o755 });
  writeFileSync(join(workspace, 'minutes.txt'), '');
  await expect(ask(start({}, workspace), 'echo.say')).rejects.toMatchObject({ code: 'store.read-only', details: { path: workspace } });
  expect(statSync(workspace).mode & 0o777).toBe(0o755);
});

test('closing the door ends the core', async () => {
  const core = start();
  await ask(core, 'echo.say');
  const pid = core.pid() ?? 0;
  expect(() => process.kill(pid, 0)).not.toThrow();
  await core.door.close();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await expect(ask(core, 'echo.say')).rejects.toMatchObject({ code: 'internal' });
});

test('the core asks its shell, which gives files, and hears when the window is gone', async () => {
  const core = start({
    actor: { ...idleActor, chooseFile: ({ title }) => Promise.resolve({ files: [{ name: `${title}.csv`, bytes: Buffer.from('x') }] }) },
  });
  expect(await ask(core, 'echo.ask', { act: 'chooseFile', title: 'staff' })).toEqual(new FileContent('staff.csv', Uint8Array.of(0x78)));
  core.door.disconnect('window-1');
  await expect.poll(() => ask(core, 'echo.heard')).toEqual(['gone window-1']);
});

test('a locked screen ends the sessions of the window', async () => {
  const core = start();
  await ask(core, 'echo.say');
  core.tell('screen-locked');
  await expect.poll(() => ask(core, 'echo.heard')).toEqual(['gone window-1', 'screen-locked']);
});

test('the shell refuses an act with input that does not fit, and passes on why an act was not done', async () => {
  const core = start();
  await expect(ask(core, 'echo.ask', { act: 'notify', title: '', body: 'x' })).rejects.toMatchObject({ code: 'input.invalid' });
  await expect(ask(core, 'echo.ask', { act: 'saveFiles', title: 'x', files: [] })).rejects.toMatchObject({ code: 'input.invalid' });
});

test('what the core writes goes to a log that only its owner reads and that stays small', async () => {
  const path = join(directory.path, 'logs', 'core.log');
  const core = start({ log: openLogFile(path, 1000) });
  for (let line = 0; line < 40; line++) await ask(core, 'echo.log', `line ${line} ${'.'.repeat(80)}`);
  await expect.poll(() => readFileSync(path, 'utf8')).toContain('line 39');
  for (const file of [path, `${path}.1`]) {
    expect(statSync(file).size).toBeLessThanOrEqual(1000);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
});
