import { AppError } from '../errors.ts';
import { openCheckpoint, parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Hash } from './hash.ts';
import type { NoteKey, VerifyEd25519 } from './signed-note.ts';

/**
 * Why a log is not the one that a kept checkpoint counted.
 * - `cut-off`: it has fewer entries.
 * - `rewritten`: its first `size` entries are others.
 * - `signature`: the checkpoint names this log, and is not signed by its key: one of the two was replaced.
 */
export interface RollbackSuspicion {
  readonly kind: 'cut-off' | 'rewritten' | 'signature';
  /** Entries the kept checkpoint counts; 0 where its signature does not hold. */
  readonly size: number;
  /** Entries the log has. */
  readonly entries: number;
  /** Name of the file with the kept checkpoint. */
  readonly file: string;
}

/** A checkpoint that was kept outside. */
export interface KeptCheckpoint {
  readonly file: string;
  readonly note: string;
}

/** The log as it is now. */
export interface LogNow {
  readonly key: NoteKey;
  readonly size: number;
  /** The root over its first so many entries. */
  root(size: number): Promise<Hash>;
}

/** Holds a kept checkpoint against the log. `other`: it is of another log, or none, and says nothing. */
export async function judgeKept(kept: KeptCheckpoint, log: LogNow, verify: VerifyEd25519): Promise<RollbackSuspicion | 'fits' | 'other'> {
  const opened = open(kept.note, log.key, verify);
  if (opened === 'other') return 'other';
  const about = { entries: log.size, file: kept.file };
  if (opened === 'forged') return { kind: 'signature', size: 0, ...about };
  if (opened.size > log.size) return { kind: 'cut-off', size: opened.size, ...about };
  const isSame = opened.size === 0 || (await log.root(opened.size)) === opened.root;
  return isSame ? 'fits' : { kind: 'rewritten', size: opened.size, ...about };
}

function open(note: string, key: NoteKey, verify: VerifyEd25519): Checkpoint | 'forged' | 'other' {
  try {
    const checkpoint = openCheckpoint(note, key, verify);
    return checkpoint.origin === key.name ? checkpoint : 'other';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'integrity.checkpoint-signature' && originOf(note) === key.name ? 'forged' : 'other';
  }
}

/** Of a note whose signature does not count. */
function originOf(note: string): string | undefined {
  try {
    return parseCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1)).origin;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** How checkpoints of a log are called in a folder: by what they count, so that the newest comes last. */
export const keptName = (origin: string, size: number): string => `${keptPrefix(origin)}${String(size).padStart(12, '0')}.checkpoint`;

/** With what the names of a log's checkpoints begin. */
export const keptPrefix = (origin: string): string => `${origin.replaceAll(/[^A-Za-z0-9.-]/g, '-')}-`;
