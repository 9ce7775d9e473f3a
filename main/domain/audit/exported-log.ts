import { AppError } from '../errors.ts';
import { openCheckpoint } from './checkpoint.ts';
import { hashLength, hashToBytes } from './hash.ts';
import type { LogFault } from './log-fault.ts';
import type { NoteKey } from './signed-note.ts';
import type { StoredCheckpoint, StoredLeaf } from './stored-log.ts';
import { verifyLog, type LogPrimitives, type LogVerification } from './verify.ts';

/** A log as it was written out of its workspace. */
export interface ExportedLog {
  /** Every entry in order, the octets between line feeds read as text; `undefined` for what is not UTF-8. */
  readonly entries: Iterable<string | undefined>;
  /** The hashes the entries had when they were written, 32 octets each; undefined where they were not brought. */
  readonly leafHashes: Uint8Array | undefined;
  /** The newest signed note; undefined where there is none. */
  readonly checkpoint: string | undefined;
  readonly key: NoteKey;
}

const batchSize = 1000;

/** Recomputes an exported log and names the first thing that is wrong. Where no signature holds, nothing else is vouched for. */
export async function verifyExportedLog(log: ExportedLog, primitives: LogPrimitives): Promise<LogVerification> {
  if (log.checkpoint === undefined) return nothingHolds({ kind: 'never-signed' });
  const checkpoint = openExported(log.checkpoint, log.key, primitives);
  if ('kind' in checkpoint) return nothingHolds(checkpoint);
  const counted = { entries: 0 };
  const result = await verifyLog({ leaves: storedLeaves(log, primitives, counted), checkpoints: [[checkpoint]], key: log.key }, primitives);
  const hashes = log.leafHashes === undefined ? counted.entries : log.leafHashes.length / hashLength;
  if (!result.holds || hashes === counted.entries) return result;
  return { ...result, holds: false, firstWrong: { kind: 'leaf-missing', index: counted.entries } };
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
function* storedLeaves({ entries, leafHashes }: ExportedLog, { hasher }: LogPrimitives, counted: { entries: number }) {
  let batch: StoredLeaf[] = [];
  for (const text of entries) {
    const [index, leaf] = [counted.entries, text ?? ''];
    const written = leafHashes?.subarray(index * hashLength, (index + 1) * hashLength) ?? hashToBytes(hasher.leaf(leaf));
    batch.push({ index, leaf, leafHash: text === undefined ? new Uint8Array() : written });
    counted.entries += 1;
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
