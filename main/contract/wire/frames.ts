import { AppError } from '../../domain/errors.ts';
import { FileContent, Secret } from '../secret.ts';

/** What travels beside the JSON as raw octets. */
export type Frame = Secret | FileContent;

export type FrameKind = typeof Secret | typeof FileContent;

export interface Detached {
  /** JSON in which every frame is replaced by `{"$frame": index, "as": "secret" | "file", "name"?}`. */
  readonly json: string;
  readonly frames: readonly Frame[];
}

const mark = '$frame';

/** The octets of a frame themselves, not a copy. */
export const frameBytes = (frame: Frame): Uint8Array => (frame instanceof Secret ? frame.reveal() : frame.bytes);

/**
 * Takes the secrets and files out of a value.
 * @throws AppError input.invalid for a value that itself holds a `$frame`, or that JSON cannot hold.
 */
export function detachFrames(value: unknown): Detached {
  const frames: Frame[] = [];
  const marks = new WeakSet();
  function replace(this: unknown, key: string, visited: unknown): unknown {
    if (key === mark && !marks.has(this as object)) throw misplaced();
    // The holder is asked: `visited` has been through toJSON already.
    const frame = (this as Record<string, unknown>)[key];
    if (!(frame instanceof Secret || frame instanceof FileContent)) return visited;
    const marked = { [mark]: frames.length, ...(frame instanceof Secret ? { as: 'secret' } : { as: 'file', name: frame.name }) };
    frames.push(frame);
    marks.add(marked);
    return marked;
  }
  return { json: stringify(value, replace) ?? 'null', frames };
}

function stringify(value: unknown, replace: (this: unknown, key: string, visited: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replace);
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('input.invalid', 'This value cannot be sent.', {}, { cause });
  }
}

/**
 * Puts secrets and files back where they were. Each frame must be named exactly once and as what it is.
 * `kinds`, where the transport knows them, must agree with what the JSON says.
 * @throws AppError input.invalid
 */
export function attachFrames(json: string, frames: readonly Uint8Array[], kinds?: readonly FrameKind[]): unknown {
  const open = new Map(frames.entries());
  const revive = (_: string, value: unknown): unknown => (isMark(value) ? takeFrame(value, open, kinds) : value);
  const value = parse(json, frames.length === 0 ? undefined : revive);
  if (open.size > 0) throw misplaced();
  return value;
}

function takeFrame(marked: Mark, open: Map<number, Uint8Array>, kinds?: readonly FrameKind[]): Frame {
  const index = marked[mark];
  const bytes = open.get(index);
  open.delete(index);
  const isFile = marked.as === 'file' && typeof marked.name === 'string';
  const kind = isFile ? FileContent : Secret;
  if (bytes === undefined || (!isFile && marked.as !== 'secret') || (kinds !== undefined && kinds[index] !== kind)) throw misplaced();
  return isFile ? new FileContent(marked.name ?? '', bytes) : new Secret(bytes);
}

interface Mark {
  readonly $frame: number;
  readonly as?: unknown;
  readonly name?: string;
}

const isMark = (value: unknown): value is Mark => typeof value === 'object' && value !== null && Object.hasOwn(value, mark);

function parse(json: string, revive: ((key: string, value: unknown) => unknown) | undefined): unknown {
  try {
    return JSON.parse(json, revive) as unknown;
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('input.invalid', 'This message is not JSON.');
  }
}

const misplaced = (): AppError => new AppError('input.invalid', 'The frames of this message do not fit its text.');
