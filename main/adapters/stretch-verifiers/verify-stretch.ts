import { verifyStretch, type LogPrimitives, type StretchVerification } from '../../domain/audit/verify.ts';
import type { NoteKey } from '../../domain/audit/signed-note.ts';
import type { Batches, StoredCheckpoint, StoredLeaf } from '../../domain/audit/stored-log.ts';
import type { StretchOrder } from '../../ports/stretch-verifier.ts';

/** A log as parts of it are read: up to `to`, or to the end. */
export interface StretchSource {
  leaves(from: number, to: number | null): Batches<StoredLeaf>;
  checkpoints(from: number, to: number | null): Batches<StoredCheckpoint>;
  /** How many entries from the first on have their content in archives. */
  archivedSize(): number;
}

/** Recomputes a part of a log; where the checkpoint that it begins at is not there, it does not hold. */
export async function verifyStretchOf(
  source: StretchSource,
  key: NoteKey,
  { from, to, latestTime }: StretchOrder,
  primitives: LogPrimitives,
): Promise<StretchVerification> {
  const part = { leaves: source.leaves(from, to), key, latestTime, archived: source.archivedSize() };
  if (from === 0) return verifyStretch({ ...part, checkpoints: source.checkpoints(0, to) }, primitives);
  const since = await checkpointOver(source, from);
  if (since === undefined) return gone(from);
  return verifyStretch({ ...part, since, checkpoints: source.checkpoints(from + 1, to) }, primitives);
}

async function checkpointOver(source: StretchSource, size: number): Promise<StoredCheckpoint | undefined> {
  for await (const [checkpoint] of source.checkpoints(size, size)) return checkpoint;
  return undefined;
}

const gone = (from: number): StretchVerification => ({
  verification: {
    holds: false,
    entries: 0,
    checkpoints: 0,
    signedSize: 0,
    unsignedTail: 0,
    firstWrong: { kind: 'checkpoint-changed', checkpoint: from },
  },
  times: undefined,
});
