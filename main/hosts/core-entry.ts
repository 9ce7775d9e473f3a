import { isAbsolute } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Door } from '../contract/door.ts';
import { fromShell, type FromShell, type ToShell } from '../contract/wire.ts';
import { AppError } from '../domain/errors.ts';
import type { ErrorLocale } from '../domain/locale/word-error.ts';
import { answerCall, forwardPushes } from './door-server.ts';
import { errorReply } from './error-reply.ts';
import { openMessageStream, type MessageStream } from './message-stream.ts';
import { ensureWorkspaceDirectory } from './private-directory.ts';
import { RemoteHost } from './remote-host.ts';
import { wipedSocket } from './wiped-socket.ts';
import { serveWorkspaceSocket } from './workspace-socket.ts';

/** How a core opens its workspace; `host` is the host port. Rejects with the AppError the person is to read. */
export type OpenCore = (options: { readonly workspaceDirectory: string; readonly host: RemoteHost }) => Promise<Door>;

export interface CoreEntry {
  readonly openCore: OpenCore;
  readonly argv: readonly string[];
  /** Words why a workspace could not be opened. */
  readonly locale: ErrorLocale;
}

/** The descriptor the shell speaks on. */
const shellDescriptor = 3;

/**
 * The whole life of a core process: opens the workspace named by `--workspace`, serves the shell on descriptor 3 and
 * command lines on the workspace's socket, and closes everything when the shell goes away or asks it to end.
 */
export async function runCore({ openCore, argv, locale }: CoreEntry): Promise<void> {
  process.umask(0o077);
  process.on('uncaughtException', die);
  const workspaceDirectory = workspaceArgument(argv);
  const ended = Promise.withResolvers<void>();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => ended.resolve());
  const shell = wipedSocket(shellDescriptor);
  const stop = await serve({ openCore, workspaceDirectory, locale, shell, onClose: ended.resolve });
  await ended.promise;
  await stop();
  process.exit();
}

interface Service {
  readonly openCore: OpenCore;
  readonly workspaceDirectory: string;
  readonly locale: ErrorLocale;
  readonly shell: Duplex;
  readonly onClose: () => void;
}

/** Gives what stops it. */
async function serve({ openCore, workspaceDirectory, locale, shell, onClose }: Service): Promise<() => Promise<void>> {
  const host = new RemoteHost((request) => stream.send(request));
  const stream = openMessageStream<ToShell, FromShell>(shell, {
    schema: fromShell,
    onMessage: (message) => void hear(message),
    onClose: () => {
      host.close();
      onClose();
    },
  });
  const windows = new Set<string>();
  const opened = open({ openCore, workspaceDirectory, host });
  const hear = async (message: FromShell): Promise<void> => {
    if (message.kind === 'host-answer') return host.settle(message.id, message.reply);
    const door = await opened.catch(() => undefined);
    if (message.kind === 'disconnect') return door?.disconnect(message.connection);
    if (message.kind === 'host-event') {
      // Locked screen, sleep: whoever was signed in at a window is not any more.
      for (const connection of windows) door?.disconnect(connection);
      return host.tell(message.event);
    }
    windows.add(message.connection);
    return door && answerCall(door, message, { connection: message.connection, host: message.host }, stream.sendAndWipe);
  };
  try {
    return await welcome(await opened, workspaceDirectory, stream);
  } catch (error) {
    report(error);
    // A shell that has gone meanwhile needs no reason.
    await stream.send({ kind: 'refused', error: errorReply(error, locale) }).catch(() => undefined);
    stream.close();
    return () => Promise.resolve();
  }
}

async function open({
  openCore,
  workspaceDirectory,
  host,
}: Pick<Service, 'openCore' | 'workspaceDirectory'> & { readonly host: RemoteHost }): Promise<Door> {
  ensureWorkspaceDirectory(workspaceDirectory);
  return openCore({ workspaceDirectory, host });
}

async function welcome(door: Door, workspaceDirectory: string, stream: MessageStream<ToShell>) {
  const stopPushes = forwardPushes(door, stream.sendAndWipe);
  const stopSocket = await serveWorkspaceSocket(door, workspaceDirectory).catch(async (error: unknown) => {
    await door.close();
    throw error;
  });
  // A shell that has gone meanwhile has ended this core, which then closes as always.
  await stream.send({ kind: 'ready' }).catch(() => undefined);
  return async () => {
    stopPushes();
    await stopSocket();
    await door.close();
    stream.close();
  };
}

function workspaceArgument(argv: readonly string[]): string {
  const directory = argv[argv.indexOf('--workspace') + 1];
  if (!argv.includes('--workspace') || directory === undefined || !isAbsolute(directory)) {
    throw new AppError('input.invalid', 'A core needs --workspace and an absolute path.', { field: 'workspace' });
  }
  return directory;
}

/** Where it went wrong, without the message: a foreign one can quote what a person typed. */
function report(error: unknown): void {
  const name = error instanceof AppError ? error.code : error instanceof Error ? error.constructor.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')) : [];
  process.stderr.write(`${new Date().toISOString()} ${[name, ...frames].join('\n')}\n`);
}

function die(error: unknown): void {
  report(error);
  process.exit(70);
}
