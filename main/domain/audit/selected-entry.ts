import { AppError } from '../errors.ts';
import { canonicalJson } from './canonical-json.ts';
import { openCheckpoint } from './checkpoint.ts';
import { hashFromBase64, hashToBase64, type Hash } from './hash.ts';
import { verifyInclusion } from './merkle-proof.ts';
import type { NoteKey } from './signed-note.ts';
import type { LogPrimitives } from './verify.ts';

/** An entry that was chosen out of a log, with what proves it to be there. */
export interface SelectedEntry {
  readonly leaf: string;
  readonly index: number;
  /** RFC 9162 section 2.1.3, to the root of the checkpoint that lies beside. */
  readonly path: readonly Hash[];
}

/** The entry in one line: canonical JSON (RFC 8785), for the leaf within is that already. */
export const selectedLine = ({ leaf, index, path }: SelectedEntry): string =>
  `{"entry":${leaf},"index":${index},"path":${JSON.stringify(path.map(hashToBase64))}}`;

/** Reads a line in exactly the form it is written in; anything else gives `undefined`. */
function readSelectedLine(line: string): SelectedEntry | undefined {
  const { entry, index, path } = parsed(line);
  const hashes = Array.isArray(path) ? path.map((text) => hashFromBase64(String(text)) ?? '') : [];
  try {
    const selected = { leaf: canonicalJson(entry), index: Number(index), path: hashes };
    return selectedLine(selected) === line ? selected : undefined;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/**
 * The first thing that is wrong with chosen entries; `line` counts from 1.
 * - `proof-malformed`: the line is not an entry with its path.
 * - `proof-wrong`: the path does not lead from this entry to the checkpoint.
 * - `proof-repeated`: an entry of this number was there before.
 */
export type SelectionFault =
  | { readonly kind: 'proof-malformed' | 'proof-wrong' | 'proof-repeated'; readonly line: number }
  | { readonly kind: 'never-signed' }
  | { readonly kind: 'checkpoint-signature' | 'checkpoint-malformed'; readonly checkpoint: 0 };

/** What checking chosen entries gave: each one is in the log. That none was left out is nobody's to say. */
export interface SelectionVerification {
  readonly holds: boolean;
  /** Entries found proven, counted from the first. */
  readonly entries: number;
  /** Entries in the log of the checkpoint. */
  readonly treeSize: number;
  readonly firstWrong?: SelectionFault;
}

export interface Selection {
  /** `undefined` for what is not UTF-8. */
  readonly lines: Iterable<string | undefined>;
  readonly checkpoint: string | undefined;
  readonly key: NoteKey;
}

/** Checks each chosen entry against the signed checkpoint. */
export function verifySelection({ lines, checkpoint, key }: Selection, primitives: LogPrimitives): SelectionVerification {
  const head = openHead(checkpoint, key, primitives);
  if ('kind' in head) return { holds: false, entries: 0, treeSize: 0, firstWrong: head };
  const seen = new Set<number>();
  for (const line of lines) {
    const kind = judge(line, seen, head, primitives);
    if (kind !== undefined) return { holds: false, entries: seen.size, treeSize: head.size, firstWrong: { kind, line: seen.size + 1 } };
  }
  return { holds: true, entries: seen.size, treeSize: head.size };
}

interface Head {
  readonly size: number;
  readonly root: Hash;
}

function openHead(checkpoint: string | undefined, key: NoteKey, { verifyEd25519 }: LogPrimitives): Head | SelectionFault {
  if (checkpoint === undefined) return { kind: 'never-signed' };
  try {
    return openCheckpoint(checkpoint, key, verifyEd25519);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: error.code === 'integrity.checkpoint-signature' ? 'checkpoint-signature' : 'checkpoint-malformed', checkpoint: 0 };
  }
}

/** Takes an entry that is proven into `seen`. */
function judge(line: string | undefined, seen: Set<number>, { size, root }: Head, { hasher }: LogPrimitives) {
  const entry = line === undefined ? undefined : readSelectedLine(line);
  if (entry === undefined) return 'proof-malformed';
  const { leaf, index, path } = entry;
  if (seen.has(index)) return 'proof-repeated';
  if (!verifyInclusion(hasher, { leafHash: hasher.leaf(leaf), index, treeSize: size, path, rootHash: root })) return 'proof-wrong';
  seen.add(index);
  return undefined;
}
