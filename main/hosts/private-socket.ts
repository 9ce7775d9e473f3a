import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';
import { systemCode } from '../domain/process/system-error.ts';
import { fileError } from './file-error.ts';
import { assertPrivateDirectory, isPrivateDirectory, ownership, socketAddress, type SocketAddress } from './private-directory.ts';

/** More than this at a time and the newest is turned away. */
const maximumConnections = 16;

/**
 * Listens on a 0600 socket of this name in a 0700 directory of this user. A socket file that nobody answers on any more
 * is replaced.
 * @throws AppError store.busy when somebody does answer, store.read-only when the directory is open to others.
 */
export async function listenPrivately(
  directory: string,
  name: string,
  onConnection: (socket: Socket) => void,
): Promise<() => Promise<void>> {
  assertPrivateDirectory(directory);
  const isAnswered = await connectPrivately(directory, name);
  if (isAnswered !== undefined) {
    isAnswered.destroy();
    throw new AppError('store.busy', 'Keyward is already running here.', { path: directory });
  }
  const address = socketAddress(directory, name);
  if (process.platform !== 'win32') rmSync(address.path, { force: true });
  const server = createServer(onConnection);
  server.maxConnections = maximumConnections;
  server.listen(address.path);
  await once(server, 'listening').catch((cause: unknown) => {
    address.release();
    throw fileError(cause, 'Keyward cannot be reached here.', { path: directory });
  });
  if (process.platform !== 'win32') chmodSync(address.path, 0o600);
  return () => closed(server, address);
}

async function closed(server: Server, address: SocketAddress): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  address.release();
}

/** Connects to such a socket; undefined when there is none, it is not this user's own, or nobody answers. */
export async function connectPrivately(directory: string, name: string): Promise<Socket | undefined> {
  if (process.platform !== 'win32' && !isOwnSocket(directory, name)) return undefined;
  const address = socketAddress(directory, name);
  const socket = connect(address.path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    socket.destroy();
    if (['ENOENT', 'ECONNREFUSED'].includes(systemCode(error))) return undefined;
    throw error;
  } finally {
    address.release();
  }
}

function isOwnSocket(directory: string, name: string): boolean {
  const found = isPrivateDirectory(directory) ? ownership(join(directory, name)) : undefined;
  return found !== undefined && found.isPrivate && found.isSocket;
}
