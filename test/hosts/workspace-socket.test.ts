import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Door } from '../../main/contract/door.ts';
import { FileContent, Secret } from '../../main/contract/secret.ts';
import { fromCommandLine, toCommandLine, type FromCommandLine, type ToCommandLine } from '../../main/contract/wire.ts';
import { AppError } from '../../main/domain/errors.ts';
import { openMessageStream } from '../../main/hosts/message-stream.ts';
import { RemoteHost } from '../../main/hosts/remote-host.ts';
import { connectToCore, serveWorkspaceSocket } from '../../main/hosts/workspace-socket.ts';
import { temporaryDirectory } from './fixtures/connected-sockets.ts';
import { startEchoCore } from './fixtures/echo-core-process.ts';
import { openEchoDoor } from './fixtures/echo-door.ts';
import { listeningTcpSockets, processTree } from './fixtures/process-tree.ts';

const closers: (() => unknown)[] = [];
let directory: ReturnType<typeof temporaryDirectory>;
let workspace: string;
beforeEach(() => {
  directory = temporaryDirectory();
  workspace = directory.path;
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  directory.remove();
});

const caller = { connection: 'spoofed', host: 'window' } as const;
const host = new RemoteHost(() => Promise.reject(new AppError('unsupported', 'no shell')));

async function serveEcho(): Promise<Door> {
  const door = await openEchoDoor({ workspaceDirectory: workspace, host });
  closers.push(await serveWorkspaceSocket(door, workspace));
  return door;
}

async function connected(): Promise<Door> {
  const door = await connectToCore(workspace);
  if (door === undefined) throw new Error('nobody answers');
  closers.push(() => door.close());
  return door;
}

/** A peer that speaks the wire by hand: what it hears, and what happens to it. */
async function rawPeer() {
  const socket = connect(join(workspace, 'core.sock'));
  await once(socket, 'connect');
  const heard: ToCommandLine[] = [];
  const closed = Promise.withResolvers<void>();
  const greeted = Promise.withResolvers<string>();
  const stream = openMessageStream<FromCommandLine, ToCommandLine>(socket, {
    schema: toCommandLine,
    onMessage: (message) => {
      heard.push(message);
      if (message.kind === 'prove') greeted.resolve(join(workspace, message.file));
    },
    onClose: () => closed.resolve(),
  });
  return { stream, heard, closed: closed.promise, proof: await greeted.promise };
}

test('a workspace without a core, or without a directory, has no door', async () => {
  expect(await connectToCore(workspace)).toBeUndefined();
  expect(await connectToCore(join(workspace, 'absent'))).toBeUndefined();
});

test('a command line reaches the core that owns the workspace, with secrets and files', async () => {
  const core = startEchoCore(workspace);
  closers.push(() => core.door.close());
  await core.next('ready');
  const door = await connected();
  const reply = await door.call(
    'echo.digest',
    { passphrase: new Secret(Buffer.from('p')), file: new FileContent('f', Buffer.alloc(2_000_000)) },
    caller,
  );
  expect(reply).toMatchObject({ ok: true, value: { name: 'f' } });
  expect(lstatSync(join(workspace, 'core.sock')).mode & 0o777).toBe(0o600);
});

test('a command line is itself, whatever caller it names', async () => {
  await serveEcho();
  const [first, second] = [await connected(), await connected()];
  const who = async (door: Door) =>
    (await door.call('echo.who', null, caller)) as unknown as { value: { connection: string; host: string } };
  const [one, other] = [await who(first), await who(second)];
  expect(one.value).toEqual({ connection: expect.stringMatching(/^command-line-/) as string, host: 'command-line' });
  expect(other.value.connection).not.toBe(one.value.connection);
});

test('when a command line goes, its connection ends and no other', async () => {
  const core = await serveEcho();
  const [first, second] = [await connected(), await connected()];
  const { value } = (await first.call('echo.who', null, caller)) as unknown as { value: { connection: string } };
  await first.close();
  await expect
    .poll(async () => ((await core.call('echo.heard', null, caller)) as { value: unknown }).value)
    .toEqual([`gone ${value.connection}`]);
  expect(await second.call('echo.say', 1, caller)).toEqual({ ok: true, value: 1 });
});

test('a command line hears the news', async () => {
  const core = await serveEcho();
  const door = await connected();
  const heard = Promise.withResolvers<unknown[]>();
  door.subscribe((...news) => heard.resolve(news));
  await core.call('echo.push', { done: 3 }, caller);
  expect(await heard.promise).toEqual(['echo.news', { done: 3 }]);
});

test('when the core ends, a call that is pending answers so', async () => {
  const core = startEchoCore(workspace);
  closers.push(() => core.door.close());
  await core.next('ready');
  const pending = (await connected()).call('echo.never', null, caller);
  await core.door.call('echo.die', null, caller);
  expect(await pending).toMatchObject({ ok: false, error: { code: 'internal', details: { reason: 'core-lost' } } });
});

test('the file a core left behind when it was killed is replaced', async () => {
  const core = startEchoCore(workspace);
  closers.push(() => core.door.close());
  await core.next('ready');
  const restarted = core.next('ready');
  await core.door.call('echo.die', null, caller);
  expect(existsSync(join(workspace, 'core.sock'))).toBe(true);
  expect(await connectToCore(workspace)).toBeUndefined();
  await restarted;
  expect(await (await connected()).call('echo.say', 'back', caller)).toEqual({ ok: true, value: 'back' });
});

test('a second core does not listen where one does', async () => {
  await serveEcho();
  const second = await openEchoDoor({ workspaceDirectory: workspace, host });
  await expect(serveWorkspaceSocket(second, workspace)).rejects.toMatchObject({ code: 'store.busy' });
  expect(await (await connected()).call('echo.say', 1, caller)).toEqual({ ok: true, value: 1 });
});

test('a workspace that is reached through a link is the same workspace', async () => {
  const link = join(directory.path, 'link');
  mkdirSync(join(directory.path, 'real'), { mode: 0o700 });
  symlinkSync(join(directory.path, 'real'), link);
  workspace = link;
  await serveEcho();
  workspace = join(directory.path, 'real');
  expect(await (await connected()).call('echo.say', 1, caller)).toEqual({ ok: true, value: 1 });
});

test('a path too long for a socket is reached all the same', async () => {
  workspace = join(directory.path, 'a'.repeat(100), 'b'.repeat(100));
  mkdirSync(workspace, { recursive: true, mode: 0o700 });
  await serveEcho();
  expect(await (await connected()).call('echo.say', 1, caller)).toEqual({ ok: true, value: 1 });
});

describe('who may speak', () => {
  test('nobody, where others can enter the workspace', async () => {
    chmodSync(workspace, 0o755);
    await expect(serveEcho()).rejects.toMatchObject({ code: 'store.read-only' });
  });

  test('nobody, where others can enter the workspace, although a socket is there', async () => {
    await serveEcho();
    chmodSync(workspace, 0o755);
    expect(await connectToCore(workspace)).toBeUndefined();
  });

  test('nobody before the proof', async () => {
    await serveEcho();
    const peer = await rawPeer();
    await peer.stream.send({ kind: 'call', id: 1, connection: 'x', host: 'command-line', name: 'echo.say', input: 1 });
    await peer.closed;
    expect(peer.heard.map(({ kind }) => kind)).toEqual(['prove']);
  });

  test.each([
    ['nothing', () => undefined],
    ['a file others can read', (path: string) => (writeFileSync(path, ''), chmodSync(path, 0o644))],
    ['a file that holds something', (path: string) => writeFileSync(path, 'x', { mode: 0o600 })],
    ['a directory', (path: string) => mkdirSync(path, { mode: 0o700 })],
  ])('not one that shows %s', async (_, show) => {
    await serveEcho();
    const peer = await rawPeer();
    show(peer.proof);
    await peer.stream.send({ kind: 'proved' });
    await peer.closed;
    expect(peer.heard.map(({ kind }) => kind)).toEqual(['prove']);
  });

  // Only root can make a file of another user.
  test.skipIf(process.getuid?.() !== 0)('not one whose file belongs to another user', async () => {
    await serveEcho();
    const peer = await rawPeer();
    writeFileSync(peer.proof, '', { mode: 0o600 });
    chownSync(peer.proof, 65534, 65534);
    await peer.stream.send({ kind: 'proved' });
    await peer.closed;
    expect(peer.heard.map(({ kind }) => kind)).toEqual(['prove']);
  });

  test('the proof is made once, is gone afterwards, and a second one ends the connection', async () => {
    await serveEcho();
    const peer = await rawPeer();
    writeFileSync(peer.proof, '', { mode: 0o600 });
    await peer.stream.send({ kind: 'proved' });
    await expect.poll(() => peer.heard.map(({ kind }) => kind)).toEqual(['prove', 'ready']);
    expect(readdirSync(workspace).filter((name) => name.startsWith('.peer-'))).toEqual([]);
    await peer.stream.send({ kind: 'proved' });
    await peer.closed;
  });

  test('a stranger cannot send much before the proof', async () => {
    await serveEcho();
    const peer = await rawPeer();
    await peer.stream.send({ kind: 'disconnect', connection: 'x'.repeat(100) }).catch(() => undefined);
    await peer.closed;
    const another = await rawPeer();
    await another.stream.send({ kind: 'call', id: 1, connection: 'x', host: 'window', name: 'x', input: 'y'.repeat(5000) });
    await another.closed;
    expect(another.heard.map(({ kind }) => kind)).toEqual(['prove']);
  });

  test('a socket somebody else put there is not spoken to', async () => {
    const server = createServer();
    server.listen(join(workspace, 'core.sock'));
    await once(server, 'listening');
    closers.push(() => server.close());
    chmodSync(join(workspace, 'core.sock'), 0o666);
    expect(await connectToCore(workspace)).toBeUndefined();
  });

  test('a command line may send neither events nor answers of the shell', () => {
    expect(fromCommandLine.safeParse({ kind: 'host-event', event: 'screen-locked' }).success).toBe(false);
    expect(fromCommandLine.safeParse({ kind: 'host-answer', id: 1, reply: { ok: true, value: null } }).success).toBe(false);
  });
});

test('no listening TCP socket serves the core', async () => {
  const core = startEchoCore(workspace);
  closers.push(() => core.door.close());
  await core.next('ready');
  expect(processTree(core.pid() ?? 0)).toContain(core.pid());
  expect(listeningTcpSockets(processTree(core.pid() ?? 0))).toEqual([]);
});

test('a listening TCP socket would be seen', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  expect(listeningTcpSockets([process.pid])).toHaveLength(1);
});
