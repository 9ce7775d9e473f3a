import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import type { Door } from '../contract/door.ts';
import type { ErrorReply } from '../domain/errors.ts';
import { toShell, type FromShell, type ToShell } from '../contract/wire.ts';
import type { HostEvent } from '../contract/host-act.ts';
import { coreLost, errorReply } from './error-reply.ts';
import type { LogFile } from './log-file.ts';
import { openMessageStream, type MessageStream } from './message-stream.ts';
import { RemoteDoor } from './remote-door.ts';
import { performHostAct, type HostActor } from './host-actor.ts';

/** Which program to run as the core; every path absolute. */
export interface CoreCommand {
  readonly executable: string;
  readonly arguments: readonly string[];
}

/** `refused`: the core could not open the workspace, and why. `lost`: it died. After both it is started again. */
export type CoreState =
  | { readonly state: 'starting' }
  | { readonly state: 'ready' }
  | { readonly state: 'lost' | 'refused'; readonly error: ErrorReply };

export interface CoreProcessOptions {
  /** Asked before each start, so that what is run can be checked each time. What it throws is a refusal. */
  readonly command: () => Promise<CoreCommand>;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: LogFile;
  readonly actor: HostActor;
  onState(state: CoreState): void;
}

export interface CoreProcess {
  /** Works across restarts; closing it ends the core. */
  readonly door: Door;
  /** Of the core that runs now. */
  pid(): number | undefined;
  tell(event: HostEvent): void;
}

/** Waits between one end and the next start. Milliseconds. */
const shortestWait = 250;
const longestWait = 30_000;
/** A core that has been ready this long has proved itself: the waits begin anew. */
const provenAfter = 60_000;
/** How long a core may take to finish, then to obey a signal. */
const timeToFinish = 10_000;
const timeToObey = 3_000;

/** Starts the core and starts it again whenever it ends, until the door is closed. */
export function startCoreProcess(options: CoreProcessOptions): CoreProcess {
  return new Supervisor(options);
}

class Supervisor implements CoreProcess {
  readonly door: RemoteDoor;
  readonly #options: CoreProcessOptions;
  readonly #stop = new AbortController();
  readonly #ended: Promise<void>;
  #child: ChildProcess | undefined;
  #stream: MessageStream<FromShell> | undefined;

  constructor(options: CoreProcessOptions) {
    this.#options = options;
    this.door = new RemoteDoor(() => this.#close());
    this.#ended = this.#superviseUntilStopped();
  }

  pid(): number | undefined {
    return this.#child?.pid;
  }

  tell(event: HostEvent): void {
    // A core that is gone has no session to end.
    this.#stream?.send({ kind: 'host-event', event }).catch(() => undefined);
  }

  async #superviseUntilStopped(): Promise<void> {
    let wait = shortestWait;
    while (!this.#stop.signal.aborted) {
      const { livedFor, reason } = await this.#runOnce();
      if (this.#stop.signal.aborted) break;
      this.#options.onState(reason);
      wait = livedFor >= provenAfter ? shortestWait : wait;
      await sleep(wait, this.#stop.signal);
      wait = Math.min(wait * 2, longestWait);
    }
  }

  /** One core from start to end. */
  async #runOnce(): Promise<{ livedFor: number; reason: Exclude<CoreState, { state: 'starting' | 'ready' }> }> {
    this.door.expect();
    this.#options.onState({ state: 'starting' });
    let refusal: ErrorReply | undefined;
    let readyAt = Number.POSITIVE_INFINITY;
    try {
      const child = spawnCore(await this.#options.command(), this.#options);
      this.#child = child;
      this.#attach(child, {
        ready: () => {
          readyAt = performance.now();
          this.#options.onState({ state: 'ready' });
        },
        refused: (error) => (refusal = error),
      });
      if (this.#stop.signal.aborted) this.#stream?.close();
      await ended(child);
    } catch (error) {
      refusal ??= errorReply(error);
    }
    this.#child = undefined;
    this.#stream?.close();
    const error = refusal ?? coreLost();
    this.door.detach(error);
    return { livedFor: performance.now() - readyAt, reason: { state: refusal ? 'refused' : 'lost', error } };
  }

  #attach(child: ChildProcess, on: { ready: () => void; refused: (error: ErrorReply) => void }): void {
    const pipe = child.stdio[3];
    if (!(pipe instanceof Duplex)) throw new TypeError('The pipe to the core is missing.');
    const stream = openMessageStream<FromShell, ToShell>(pipe, {
      schema: toShell,
      onMessage: (message) => this.#hear(message, stream, on),
      // A core that has lost its shell ends by itself; one that broke the rules is made to.
      onClose: (reason) => reason !== undefined && child.kill('SIGKILL'),
    });
    this.#stream = stream;
    this.door.attach(stream.sendAndWipe);
  }

  #hear(message: ToShell, stream: MessageStream<FromShell>, on: { ready: () => void; refused: (error: ErrorReply) => void }): void {
    switch (message.kind) {
      case 'ready':
        return on.ready();
      case 'refused':
        return on.refused(message.error);
      case 'reply':
        return this.door.settle(message.id, message.reply);
      case 'push':
        return this.door.tell(message.name, message.payload);
      case 'host-request':
        return void performHostAct(this.#options.actor, message.act, message.input).then((reply) =>
          stream.send({ kind: 'host-answer', id: message.id, reply }).catch(stream.close),
        );
    }
  }

  async #close(): Promise<void> {
    this.#stop.abort();
    // The core finishes its units, wipes and ends when its shell is gone.
    this.#stream?.close();
    if (await inTime(this.#ended, timeToFinish)) return;
    this.#child?.kill('SIGTERM');
    if (await inTime(this.#ended, timeToObey)) return;
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }
}

function spawnCore(command: CoreCommand, { environment, log }: CoreProcessOptions): ChildProcess {
  const { executable, arguments: rest } = withoutCoreDumps(command);
  const child = spawn(executable, rest, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], env: environment, cwd: '/', windowsHide: true });
  child.stdout?.on('data', (chunk: Buffer) => log.append(chunk));
  child.stderr?.on('data', (chunk: Buffer) => log.append(chunk));
  return child;
}

/** RLIMIT_CORE 0: what a crash leaves behind must not hold keys. Windows writes no dumps of its own accord. */
function withoutCoreDumps({ executable, arguments: rest }: CoreCommand): CoreCommand {
  if (process.platform === 'win32') return { executable, arguments: rest };
  return { executable: '/bin/sh', arguments: ['-c', 'ulimit -c 0 && exec "$@"', 'sh', executable, ...rest] };
}

/** Settles when the process has ended; rejects when it could not be started. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** True when the promise settles within the time (milliseconds). */
async function inTime(promise: Promise<void>, time: number): Promise<boolean> {
  const timer = new AbortController();
  const isInTime = await Promise.race([promise.then(() => true), sleep(time, timer.signal).then(() => false)]);
  timer.abort();
  return isInTime;
}

/** Settles after the time (milliseconds), or as soon as the signal aborts. */
function sleep(time: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, time);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
