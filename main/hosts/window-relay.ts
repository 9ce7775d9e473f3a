import { attachFrames, detachFrames, frameBytes } from '../contract/wire/frames.ts';
import type { BridgeMessage, CoreState, ShellPushes } from '../contract/bridge.ts';
import type { Door, Reply } from '../contract/door.ts';
import { Secret } from '../contract/secret.ts';
import { wireLimits } from '../contract/wire.ts';
import { AppError } from '../domain/errors.ts';
import { errorReply } from './error-reply.ts';
import { performHostAct, type HostActor } from './host-actor.ts';

/** What the window's shell gives it beside the core. */
export interface WindowShell {
  readonly door: Door;
  readonly actor: HostActor;
  readonly coreState: () => CoreState;
  readonly answerPath: (id: number, path: string | null) => void;
  readonly quit: () => void;
}

/** A message for the window; `wipe` once it has been handed over. */
export interface RelayedMessage extends BridgeMessage {
  readonly wipe: () => void;
}

/** The one window is one caller. */
const caller = { connection: 'window', host: 'window' } as const;

const shellPrefix = 'shell.';

/**
 * Answers one request of the window: a call goes to the door, one named `shell.` is done here. Never rejects; what is
 * malformed or beyond the limits is refused before anything is done with it. Secrets in the request are wiped.
 */
export async function relayRequest(shell: WindowShell, name: unknown, message: unknown): Promise<RelayedMessage> {
  return relayed(await answer(shell, name, message));
}

/** News for the window. */
export function relayNews<N extends keyof ShellPushes>(name: N, payload: ShellPushes[N]): { name: string; message: RelayedMessage } {
  return { name, message: relayed(payload) };
}

/** Hears the core's pushes as messages for the window until the returned function is called. */
export function relayPushes(door: Door, listener: (name: string, message: RelayedMessage) => void): () => void {
  return door.subscribe((name, payload) => listener(name, relayed(payload)));
}

/** The window is gone or begins anew: its session ends. */
export const endWindowSession = (door: Door): void => door.disconnect(caller.connection);

async function answer(shell: WindowShell, name: unknown, message: unknown): Promise<Reply> {
  try {
    const input = inputOf(message);
    if (typeof name !== 'string') throw malformed();
    return name.startsWith(shellPrefix)
      ? await answerShell(shell, name.slice(shellPrefix.length), input)
      : await shell.door.call(name, input, caller);
  } catch (error) {
    return { ok: false, error: errorReply(error) };
  }
}

async function answerShell(shell: WindowShell, name: string, input: unknown): Promise<Reply> {
  switch (name) {
    case 'coreState':
      return { ok: true, value: shell.coreState() };
    case 'answerPath':
      shell.answerPath(...pathAnswer(input));
      return { ok: true, value: null };
    case 'quit':
      shell.quit();
      return { ok: true, value: null };
    default:
      return performHostAct(shell.actor, name, input);
  }
}

function pathAnswer(input: unknown): [number, string | null] {
  if (typeof input !== 'object' || input === null || !('id' in input) || !('path' in input)) throw malformed();
  const { id, path } = input;
  if (typeof id !== 'number' || !(path === null || (typeof path === 'string' && path.length <= 4096))) throw malformed();
  return [id, path];
}

function inputOf(message: unknown): unknown {
  if (typeof message !== 'object' || message === null || !('json' in message) || !('frames' in message)) throw malformed();
  const { json, frames } = message;
  if (typeof json !== 'string' || !Array.isArray(frames) || !frames.every((frame) => frame instanceof Uint8Array)) throw malformed();
  const octets = frames.reduce((sum, frame) => sum + frame.length, json.length);
  if (frames.length > wireLimits.frames || json.length > wireLimits.json || octets > wireLimits.message) {
    throw new AppError('input.too-large', 'This is more than one message may carry.', { octets });
  }
  return attachFrames(json, frames);
}

function relayed(value: unknown): RelayedMessage {
  const { json, frames } = detachFrames(value);
  return {
    json,
    frames: frames.map(frameBytes),
    wipe: () => {
      for (const frame of frames) if (frame instanceof Secret) frame.wipe();
    },
  };
}

const malformed = (): AppError => new AppError('input.invalid', 'The window sent something that does not fit.');
