import { verifyStretch, type LogPrimitives, type StretchVerification } from '../../domain/audit/verify.ts';
import type { NoteKey } from '../../domain/audit/signed-note.ts';
import type { AuditLogReader, CheckpointRecord, LeafRecord } from '../../ports/stores/audit-log.ts';
import type { StretchOrder } from '../../ports/stretch-verifier.ts';

const batchSize = 1000;

/** Recomputes a part of a log; where the checkpoint that it begins at is not there, it does not hold. */
export async function verifyStretchOf(
  log: Pick<AuditLogReader, 'leaves' | 'checkpoints'>,
  key: NoteKey,
  { from, to, latestTime }: StretchOrder,
  primitives: LogPrimitives,
): Promise<StretchVerification> {
  const since = from === 0 ? undefined : await checkpointOver(log, from);
  const part = { leaves: leavesUpTo(log, from, to), checkpoints: checkpointsUpTo(log, from, to), key, latestTime };
  if (from > 0 && since === undefined) return gone(from);
  return verifyStretch(since === undefined ? part : { ...part, since }, primitives);
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

async function checkpointOver(log: Pick<AuditLogReader, 'checkpoints'>, size: number): Promise<CheckpointRecord | undefined> {
  for await (const [checkpoint] of log.checkpoints(size, 1)) return checkpoint?.size === size ? checkpoint : undefined;
  return undefined;
}

async function* leavesUpTo(log: Pick<AuditLogReader, 'leaves'>, from: number, to: number | null): AsyncGenerator<readonly LeafRecord[]> {
  for await (const batch of log.leaves(from, batchSize)) {
    const within = to === null ? batch : batch.filter(({ index }) => index < to);
    if (within.length > 0) yield within;
    if (within.length < batch.length) return;
  }
}

async function* checkpointsUpTo(
  log: Pick<AuditLogReader, 'checkpoints'>,
  from: number,
  to: number | null,
): AsyncGenerator<readonly CheckpointRecord[]> {
  for await (const batch of log.checkpoints(from === 0 ? 0 : from + 1, batchSize)) {
    const within = to === null ? batch : batch.filter(({ size }) => size <= to);
    if (within.length > 0) yield within;
    if (within.length < batch.length) return;
  }
}
