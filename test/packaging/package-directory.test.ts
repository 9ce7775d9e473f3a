import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { extractFile, listPackage } from '@electron/asar';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../main/contract/secret.ts';
import { childEnvironment } from '../../main/domain/process/environment.ts';
import { coreCommand } from '../../main/hosts/core-command.ts';
import { verifyCoreFiles, type CoreFiles } from '../../main/hosts/core-integrity.ts';
import { startCoreProcess, type CoreCommand, type CoreProcess, type CoreState } from '../../main/hosts/core-process.ts';
import { noLog } from '../../main/hosts/log-file.ts';
import { temporaryDirectory } from '../hosts/fixtures/connected-sockets.ts';
import { idleActor } from '../hosts/fixtures/echo-core-process.ts';
import { makeStubElectron, readFuses } from './fixtures/stub-electron.ts';

const root = resolve(import.meta.dirname, '../..');
const directory = temporaryDirectory();
const packaged = join(directory.path, 'package/linux-unpacked');
const resources = join(packaged, 'resources');
const asar = join(resources, 'app.asar');
const caller = { connection: 'window', host: 'window' } as const;

beforeAll(async () => {
  await makeStubElectron(directory.path);
  const script = join(root, 'scripts/package-directory.ts');
  const options = ['--electron', join(directory.path, 'electron'), '--output', join(directory.path, 'package')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`packaging failed:\n${stdout}${stderr}`);
}, 300_000);
afterAll(() => directory.remove());

const shippedList = (): CoreFiles => JSON.parse(extractFile(asar, 'dist/main/core-files.json').toString('utf8')) as CoreFiles;
const verify = (): Promise<void> => verifyCoreFiles(resources, shippedList());
const shippedCore = (): CoreCommand =>
  coreCommand(join(resources, 'core/core.js'), join(directory.path, 'practice'), join(resources, 'node/node'));

async function withCore<T>(command: () => Promise<CoreCommand>, work: (core: CoreProcess, states: CoreState[]) => Promise<T>): Promise<T> {
  const states: CoreState[] = [];
  const core = startCoreProcess({
    command,
    environment: childEnvironment(process.env),
    log: noLog,
    actor: idleActor,
    onState: (state) => states.push(state),
  });
  try {
    return await work(core, states);
  } finally {
    await core.door.close();
  }
}

describe('the archive', () => {
  test('holds the shell, the bridge and the window, and no package beside them', () => {
    const files = listPackage(asar, { isPack: false });
    for (const file of [
      '/package.json',
      '/dist/main/main.js',
      '/dist/preload/electron.cjs',
      '/dist/renderer/index.html',
      '/dist/main/core-files.json',
    ])
      expect(files).toContain(file);
    expect(files.filter((file) => file.startsWith('/node_modules'))).toEqual([]);
    expect(files.filter((file) => !/^\/(dist(\/(main|preload|renderer)(\/.*)?)?|package\.json)$/.test(file))).toEqual([]);
  });

  test('starts at the shell', () => {
    expect(JSON.parse(extractFile(asar, 'package.json').toString('utf8'))).toMatchObject({
      name: 'keyward',
      main: 'dist/main/main.js',
      type: 'module',
    });
  });

  test('loads nothing that is not in it, of Electron or of Node', () => {
    const scripts = listPackage(asar, { isPack: false }).filter((file) => /^\/dist\/(main|preload)\/.*\.c?js$/.test(file));
    const imports = scripts.flatMap((file) =>
      Array.from(
        extractFile(asar, file.slice(1))
          .toString('utf8')
          .matchAll(/(?:^import .*? from |^import |\brequire\()"([^"]+)"/gm),
        ([, name]) => name ?? '',
      ),
    );
    expect(imports.length).toBeGreaterThan(10);
    // playwright-core belongs to the Chromium host, which is not reached in Electron.
    expect(new Set(imports.filter((name) => !/^(\.|node:)/.test(name)))).toEqual(new Set(['electron', 'playwright-core']));
  });
});

test('the fuses of the packaged program are blown as they should be', () => {
  expect(readFuses(join(directory.path, 'electron/electron'))).toMatchObject({
    runAsNode: true,
    nodeOptions: true,
    onlyLoadAppFromAsar: false,
  });
  expect(readFuses(join(packaged, 'keyward'))).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    nodeCliInspect: false,
    embeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

describe('the list of the core', () => {
  test('names every file beside the archive, and each is as listed', async () => {
    const list = shippedList();
    expect(Object.keys(list)).toEqual(
      expect.arrayContaining(['core/core.js', 'core/package.json', 'core/workers/issuance.js', 'node/node']),
    );
    expect(Object.keys(list)).toContain('core/node_modules/pkcs11js/build/Release/pkcs11.node');
    await expect(verify()).resolves.toBeUndefined();
  });

  const altered = async (path: string, alter: (file: string) => void): Promise<unknown> => {
    const file = join(resources, path);
    const copy = join(directory.path, 'copy');
    const isThere = existsSync(file);
    if (isThere) cpSync(file, copy);
    try {
      alter(file);
      return await verify().catch((error: unknown) => error);
    } finally {
      rmSync(file, { force: true, recursive: true });
      if (isThere) renameSync(copy, file);
    }
  };

  test.each<[string, string, (file: string) => void]>([
    ['a core with one octet more', 'core/core.js', (file) => appendFileSync(file, ' ')],
    ['a worker that is missing', 'core/workers/issuance.js', (file) => rmSync(file)],
    ['native code that is another', 'core/node_modules/pkcs11js/build/Release/pkcs11.node', (file) => writeFileSync(file, 'x')],
    ['a module that was added', 'core/node_modules/added.js', (file) => writeFileSync(file, '')],
    ['another Node', 'node/node', (file) => writeFileSync(file, '#!/bin/sh\n')],
  ])('refuses %s, by name', async (_, path, alter) => {
    expect(await altered(path, alter)).toMatchObject({ code: 'integrity.program-changed', details: { file: path } });
    await expect(verify()).resolves.toBeUndefined();
  });

  test('an empty list is no list', async () => {
    await expect(verifyCoreFiles(resources, {})).rejects.toMatchObject({ code: 'integrity.program-changed' });
    for (const folder of ['core', 'node']) mkdirSync(join(directory.path, 'nothing', folder), { recursive: true });
    await expect(verifyCoreFiles(join(directory.path, 'nothing'), {})).rejects.toMatchObject({
      code: 'integrity.program-changed',
    });
  });

  test('a changed core is not started, and every call says so', async () => {
    const file = join(resources, 'core/core.js');
    const before = readFileSync(file);
    appendFileSync(file, '\n');
    const command = () => verify().then(shippedCore);
    const reply = await withCore(command, async (core, states) => {
      const answered = await core.door.call('workspace.status', {}, caller);
      expect(core.pid()).toBeUndefined();
      expect(states.map(({ state }) => state)).not.toContain('ready');
      return answered;
    });
    writeFileSync(file, before);
    expect(reply).toMatchObject({ ok: false, error: { code: 'integrity.program-changed' } });
  });
});

describe('the packaged core', () => {
  test('answers a call on its own Node, and knows nothing of the checkout', async () => {
    chmodSync(join(resources, 'node/node'), 0o755);
    const reply = await withCore(
      () => verify().then(shippedCore),
      async (core) => {
        const answered = await core.door.call('workspace.status', {}, caller);
        expect(statSync(`/proc/${core.pid()}/exe`).ino).toBe(lstatSync(join(resources, 'node/node')).ino);
        return answered;
      },
    );
    expect(reply).toMatchObject({ ok: true, value: { isInitialised: false } });
  });

  test('issues certificates and makes OpenPGP keys, on the threads that were packaged with it', async () => {
    const state = await withCore(
      () => Promise.resolve(shippedCore()),
      async ({ door }) => {
        const ask = async (name: string, input: object): Promise<Record<string, unknown>> => {
          const reply = await door.call(name, input, caller);
          if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
          return reply.value as Record<string, unknown>;
        };
        await ask('workspace.init', { name: 'Practice', passphrase: new Secret(Buffer.from('correct horse battery staple')) });
        const { person } = await ask('people.add', { name: 'Ann Example', emails: ['ann@example.com'] });
        const { job } = await ask('enrollment.start', { people: [person], algorithm: 'p256' });
        await expect.poll(() => ask('enrollment.job', { job }), { timeout: 20_000 }).toMatchObject({ state: 'done' });
        const { fingerprint } = await ask('openpgp.generate', { person });
        return { ...(await ask('enrollment.job', { job })), fingerprint };
      },
    );
    expect(state).toMatchObject({ total: 1, done: 1, failed: 0, fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/) });
  });

  test('serves the command line that was packaged with it', () => {
    const passphraseFile = join(directory.path, 'passphrase');
    writeFileSync(passphraseFile, 'correct horse battery staple', { mode: 0o600 });
    const options = ['init', '--json', '--workspace', join(directory.path, 'another'), '--passphrase-file', passphraseFile];
    const { status, stdout } = spawnSync(join(resources, 'node/node'), [join(resources, 'core/cli.js'), ...options], {
      encoding: 'utf8',
      env: childEnvironment(process.env),
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ operatorId: expect.any(String) as string });
  });

  test('loads its native code', () => {
    const load = `for (const name of ['pkcs11js', '@napi-rs/keyring']) require(name); process.stdout.write('loaded')`;
    const { stdout } = spawnSync(join(resources, 'node/node'), ['-e', load], {
      cwd: join(resources, 'core'),
      encoding: 'utf8',
      env: childEnvironment(process.env),
    });
    expect(stdout).toBe('loaded');
  });

  test('leaves nothing of the sources or of the tests in the package', () => {
    const names = readdirSync(packaged, { recursive: true, encoding: 'utf8' });
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => /\.(ts|map)$|\/test\//.test(name))).toEqual([]);
  });
});
