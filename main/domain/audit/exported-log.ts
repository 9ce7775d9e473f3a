import { AppError } from '../errors.ts';
import { openCheckpoint } from './checkpoint.ts';
import { checkTiles, type ExportedTiles, type TileFault, type TileFiles } from './exported-tiles.ts';
import { hashLength, hashToBytes } from './hash.ts';
import { tryReadLeaf } from './leaf.ts';
import type { LogFault } from './log-fault.ts';
import { tileWidth } from './log-tiles.ts';
import type { NoteKey } from './signed-note.ts';
import type { StoredCheckpoint, StoredLeaf } from './stored-log.ts';
import { verifyLog, type LogPrimitives, type LogVerification } from './verify.ts';

/** A log as it was written out of its workspace. */
export interface ExportedLog {
  /** Every entry in order, the octets between line feeds read as text; `undefined` for what is not UTF-8. */
  readonly entries: Iterable<string | undefined>;
  /** What lies below `tile` (C2SP tlog-tiles). Nothing in logs that were written out before there were tiles. */
  readonly tiles: TileFiles;
  /** The hashes the entries had when they were written, 32 octets each, of a log without tiles; undefined where they were not brought. */
  readonly leafHashes: Uint8Array | undefined;
  /** From the first on, so many entries are there by their hashes alone, in tiles: their contents are in archives. */
  readonly sealed?: number | undefined;
  /** The newest signed note; undefined where there is none. */
  readonly checkpoint: string | undefined;
  readonly key: NoteKey;
}

export type ExportedFault = LogFault | TileFault;

export type ExportedLogVerification = Omit<LogVerification, 'firstWrong'> & { readonly firstWrong?: ExportedFault };

/** Recomputes an exported log and names the first thing that is wrong. Where no signature holds, nothing else is vouched for. */
export async function verifyExportedLog(log: ExportedLog, primitives: LogPrimitives): Promise<ExportedLogVerification> {
  if (log.checkpoint === undefined) return nothingHolds({ kind: 'never-signed' });
  const checkpoint = openExported(log.checkpoint, log.key, primitives);
  if ('kind' in checkpoint) return nothingHolds(checkpoint);
  const sealed = Math.min(log.sealed ?? 0, checkpoint.size);
  const tiles = log.tiles.names.length === 0 ? undefined : checkTiles(log.tiles, { size: checkpoint.size, sealed }, primitives.hasher);
  const counted = { entries: 0, archived: 0 };
  const leaves = storedLeaves(log, tiles, primitives, counted);
  const result = await verifyLog({ leaves, checkpoints: [[checkpoint]], key: log.key, archived: sealed }, primitives);
  const firstWrong = result.holds ? (tiles?.fault() ?? hashTooMany(log, counted.entries) ?? takenOut(sealed, counted.archived)) : undefined;
  return firstWrong === undefined ? result : { ...result, holds: false, firstWrong };
}

/** Contents that are not there without an entry that says so were taken. */
const takenOut = (sealed: number, archived: number): LogFault | undefined =>
  sealed > archived ? { kind: 'leaf-missing', index: archived } : undefined;

function hashTooMany({ leafHashes }: ExportedLog, entries: number): LogFault | undefined {
  const hashes = leafHashes === undefined ? entries : leafHashes.length / hashLength;
  return hashes === entries ? undefined : { kind: 'leaf-missing', index: entries };
}

/** The tree's own columns are not in a bundle: the signed note stands for them. */
function openExported(note: string, key: NoteKey, { verifyEd25519 }: LogPrimitives): StoredCheckpoint | LogFault {
  try {
    const { size, root } = openCheckpoint(note, key, verifyEd25519);
    return { size, root: hashToBytes(root), edge: null, note };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const kind = error.code === 'integrity.checkpoint-signature' ? 'checkpoint-signature' : 'checkpoint-malformed';
    return { kind, checkpoint: 0 };
  }
}

const nothingHolds = (firstWrong: LogFault): LogVerification => ({
  holds: false,
  entries: 0,
  checkpoints: 0,
  signedSize: 0,
  unsignedTail: 0,
  firstWrong,
});

/** What is no text cannot be an entry, and has no hash that fits. */
function* storedLeaves(
  { entries, leafHashes, sealed = 0 }: ExportedLog,
  tiles: ExportedTiles | undefined,
  { hasher }: LogPrimitives,
  counted: Counted,
): Generator<readonly StoredLeaf[]> {
  for (; tiles !== undefined && counted.entries < sealed; counted.entries += tileWidth)
    yield sealedLeaves(counted.entries, tiles.addSealed(counted.entries / tileWidth));
  for (const texts of inTiles(entries)) {
    const from = counted.entries;
    counted.entries += texts.length;
    const written = tiles?.leafHashes(from / tileWidth) ?? leafHashes?.subarray(from * hashLength, counted.entries * hashLength);
    tiles?.add(
      from / tileWidth,
      texts.map((text) => text ?? ''),
    );
    yield texts.map((text, at) => {
      const leaf = text ?? '';
      counted.archived = Math.max(counted.archived, archivedBy(leaf));
      const leafHash = written?.subarray(at * hashLength, (at + 1) * hashLength) ?? hashToBytes(hasher.leaf(leaf));
      return { index: from + at, leaf, leafHash: text === undefined ? new Uint8Array() : leafHash };
    });
  }
}

interface Counted {
  entries: number;
  /** How many entries the newest entry about an archive says are in archives. */
  archived: number;
}

const sealedLeaves = (from: number, hashes: Uint8Array): readonly StoredLeaf[] =>
  Array.from({ length: Math.floor(hashes.length / hashLength) }, (_, at) => ({
    index: from + at,
    leaf: '',
    leafHash: hashes.subarray(at * hashLength, (at + 1) * hashLength),
  }));

/** Up to where the contents of a log are in archives, by an entry that says so; 0 for another entry. */
function archivedBy(leaf: string): number {
  if (!leaf.includes('"audit.archive"')) return 0;
  const entry = tryReadLeaf(leaf);
  const to = entry?.action === 'audit.archive' && entry.outcome === 'success' ? entry.subject['to'] : undefined;
  return typeof to === 'number' ? to : 0;
}

function* inTiles<T>(rows: Iterable<T>): Generator<readonly T[]> {
  let row: T[] = [];
  for (const each of rows) {
    if (row.push(each) < tileWidth) continue;
    yield row;
    row = [];
  }
  if (row.length > 0) yield row;
}
