import { AppError } from '../errors.ts';
import { hashFromBase64, hashToBase64, type Hash } from './hash.ts';
import { openNote, signNote, type NoteKey, type SignEd25519, type VerifyEd25519 } from './signed-note.ts';

/** What a log says of itself at one moment (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Names the log; our logs use the name of their key. */
  readonly origin: string;
  /** Count of leaves. */
  readonly size: number;
  readonly root: Hash;
}

/**
 * The three lines that are signed: origin, size in decimal, root in base64.
 * @throws AppError internal for a size that is no count or an origin that is no line of text.
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!Number.isSafeInteger(size) || size < 0 || origin === '' || origin.includes('\n')) {
    throw new AppError('internal', 'A checkpoint needs a size and an origin of one line.');
  }
  return `${origin}\n${size}\n${hashToBase64(root)}\n`;
}

/**
 * Reads the text of a checkpoint. Extension lines are allowed and ignored: they prove nothing.
 * @throws AppError input.invalid
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin = '', size = '', encodedRoot = ''] = lines;
  const root = hashFromBase64(encodedRoot);
  const isWhole = lines.length >= 4 && lines.slice(0, -1).every((line) => line !== '') && lines.at(-1) === '';
  if (!isWhole || root === undefined || !/^(?:0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size))) {
    throw new AppError('input.invalid', 'This note is not a checkpoint.', { field: 'checkpoint' });
  }
  return { origin, size: Number(size), root };
}

/** The checkpoint as a note signed by the log's key. */
export function signCheckpoint(checkpoint: Checkpoint, key: NoteKey, sign: SignEd25519): string {
  return signNote(formatCheckpoint(checkpoint), key, sign);
}

/**
 * The checkpoint in a note, once the key's signature under it has been verified.
 * @throws AppError input.invalid when it is no checkpoint; integrity.checkpoint-signature when the signature does not hold.
 */
export function openCheckpoint(note: string, key: NoteKey, verify: VerifyEd25519): Checkpoint {
  return parseCheckpoint(openNote(note, key, verify));
}
