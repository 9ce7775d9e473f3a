import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Door } from '../contract/door.ts';
import { AppError } from '../domain/errors.ts';
import { fromCommandLine, greetingLimits, toCommandLine, wireLimits, type FromCommandLine, type ToCommandLine } from '../contract/wire.ts';
import { answerCall, forwardPushes } from './door-server.ts';
import { coreLost } from './error-reply.ts';
import { openMessageStream } from './message-stream.ts';
import { ownership } from './private-directory.ts';
import { connectPrivately, listenPrivately } from './private-socket.ts';
import { RemoteDoor } from './remote-door.ts';

const socketName = 'core.sock';

/** How long a peer may take to show who it is, and a core to answer a greeting. Milliseconds. */
const greetingTime = 5_000;

/**
 * Lets command lines of this user reach the core of a workspace; gives what ends it. Each connection is its own caller
 * and its session ends with it.
 *
 * Who the peer is: Node cannot ask a socket for its peer's user. So the core names a random file and the peer makes it,
 * empty and 0600, in the workspace, whose 0700 only this user (and root) can enter. The core checks the file's owner
 * and mode without following links and removes it. Until then the peer can say nothing else.
 * @throws AppError store.busy when another core listens here, store.read-only when the workspace is open to others.
 */
export function serveWorkspaceSocket(door: Door, workspaceDirectory: string): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  const stopped = listenPrivately(workspaceDirectory, socketName, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    greet(door, workspaceDirectory, socket);
  });
  return stopped.then((stopListening) => async () => {
    for (const socket of open) socket.destroy();
    await stopListening();
  });
}

function greet(door: Door, workspaceDirectory: string, socket: Socket): void {
  const connection = `command-line-${randomUUID()}`;
  const file = `.peer-${randomBytes(32).toString('hex')}`;
  let stopPushes: (() => void) | undefined;
  const stream = openMessageStream<ToCommandLine, FromCommandLine>(socket, { schema: fromCommandLine, onMessage, onClose }, greetingLimits);
  const tooLate = setTimeout(() => stream.close(), greetingTime);

  function onMessage(message: FromCommandLine): void {
    if ((message.kind === 'proved') === (stopPushes !== undefined)) throw new AppError('input.invalid', 'A message out of turn.');
    if (message.kind === 'proved') welcome();
    // A peer speaks for itself alone: whatever connection and host it names, these are what it is.
    else if (message.kind === 'call') void answerCall(door, message, { connection, host: 'command-line' }, stream.sendAndWipe);
    else stream.close();
  }

  function welcome(): void {
    if (!takeProof(join(workspaceDirectory, file))) throw new AppError('session.not-permitted', 'The peer is not this user.');
    clearTimeout(tooLate);
    stream.limit(wireLimits);
    stopPushes = forwardPushes(door, stream.sendAndWipe);
    stream.send({ kind: 'ready' }).catch(stream.close);
  }

  function onClose(): void {
    clearTimeout(tooLate);
    stopPushes?.();
    door.disconnect(connection);
    removeProof(join(workspaceDirectory, file));
  }

  stream.send({ kind: 'prove', file }).catch(stream.close);
}

function takeProof(path: string): boolean {
  const shown = ownership(path);
  removeProof(path);
  return shown !== undefined && shown.isPrivate && shown.isEmptyFile;
}

/** Whatever the peer made of it. */
const removeProof = (path: string): void => rmSync(path, { force: true, recursive: true });

/**
 * The door of the core that owns this workspace now; undefined when none does. Closing it ends the connection, not the
 * core. When the core ends meanwhile, calls answer `internal` with the reason `core-lost`.
 * @throws AppError remote.unreachable when a core is there and does not answer.
 */
export async function connectToCore(workspaceDirectory: string): Promise<Door | undefined> {
  const socket = await connectPrivately(workspaceDirectory, socketName);
  if (socket === undefined) return undefined;
  const { promise, resolve, reject } = Promise.withResolvers<Door>();
  const door = new RemoteDoor(() => Promise.resolve(stream.close()));
  const tooLate = setTimeout(() => stream.close(), greetingTime);
  const stream = openMessageStream<FromCommandLine, ToCommandLine>(socket, { schema: toCommandLine, onMessage, onClose });

  function onMessage(message: ToCommandLine): void {
    if (message.kind === 'prove') {
      closeSync(openSync(join(workspaceDirectory, message.file), 'wx', 0o600));
      stream.send({ kind: 'proved' }).catch(stream.close);
    } else if (message.kind === 'ready') {
      clearTimeout(tooLate);
      door.attach(stream.sendAndWipe);
      resolve(door);
    } else if (message.kind === 'reply') door.settle(message.id, message.reply);
    else door.tell(message.name, message.payload);
  }

  function onClose(cause?: unknown): void {
    clearTimeout(tooLate);
    door.detach(coreLost());
    reject(new AppError('remote.unreachable', 'Keyward is running here and does not answer.', { host: workspaceDirectory }, { cause }));
  }

  return promise;
}
