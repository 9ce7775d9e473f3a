import { AppError } from '../errors.ts';
import { openCheckpoint, type Checkpoint } from './checkpoint.ts';
import { watchClock, type ClockCheck, type ClockSetBack, type TimeSpan } from './clock-check.ts';
import { equalsBytes, hashFromBytes, type Hash, type TreeHasher } from './hash.ts';
import { isLeaf } from './leaf-form.ts';
import type { CheckpointFault, LogFault } from './log-fault.ts';
import { appendLeaves, decodeEdge, edgeEqualsBytes, edgeRoot, emptyEdge, type TreeEdge } from './merkle-tree.ts';
import type { NoteKey, VerifyEd25519 } from './signed-note.ts';
import { readRuns, type Batches, type RunReader, type StoredCheckpoint, type StoredLeaf } from './stored-log.ts';

/** What recomputing the log gave. Plain data. */
export interface LogVerification {
  readonly holds: boolean;
  /** Entries found good, counted from the first. */
  readonly entries: number;
  /** Checkpoints found good. */
  readonly checkpoints: number;
  /** Entries under the newest good signature. */
  readonly signedSize: number;
  /** Good entries after it, made while the log key was locked: in order, but not vouched for yet. */
  readonly unsignedTail: number;
  readonly firstWrong?: LogFault;
  /** Where times go back, whether or not the log holds. */
  readonly clockSetBack?: ClockSetBack;
}

export interface LogToVerify {
  /** So many entries from the first on are in archives: of them the hash alone is there, and the checkpoints vouch for it. */
  readonly archived?: number;
  /** All leaves in order; from `since.size` on when that is given. */
  readonly leaves: Batches<StoredLeaf>;
  /** All checkpoints by size; those after `since` when that is given. */
  readonly checkpoints: Batches<StoredCheckpoint>;
  /** The log's public key; its name is the origin of every checkpoint. */
  readonly key: NoteKey;
  /** A signed checkpoint to begin at. It is verified itself; what it covers is taken from it. */
  readonly since?: StoredCheckpoint;
  /** The latest time of the leaves that `since` covers, where they are to be compared with it. */
  readonly latestTime?: string | undefined;
}

/** What recomputing a part of a log gave. */
export interface StretchVerification {
  readonly verification: LogVerification;
  /** Of the entries in it; undefined for none. */
  readonly times: TimeSpan | undefined;
}

export interface LogPrimitives {
  readonly hasher: TreeHasher;
  readonly verifyEd25519: VerifyEd25519;
}

/** How far the log has been recomputed. */
interface Progress {
  edge: TreeEdge;
  /** Size of the last good checkpoint. */
  vouched: number;
  checkpoints: number;
  signedSize: number;
  /** The first entry that does not fit its stored hash; the next checkpoint tells which of the two was changed. */
  doubtful?: number;
  readonly clock: ClockCheck;
  readonly archived: number;
}

/**
 * Recomputes a log from what is stored: every leaf, its hash, the tree, every checkpoint and its signature. Stops at the
 * first thing that is wrong and names it. Memory does not grow with the log. Whoever holds the database can still cut off
 * the newest checkpoints with their entries: only a checkpoint kept elsewhere shows that.
 */
export async function verifyLog(log: LogToVerify, primitives: LogPrimitives): Promise<LogVerification> {
  return (await verifyStretch(log, primitives)).verification;
}

/** As `verifyLog`, for a part whose verdict is joined with those of others. */
export async function verifyStretch(log: LogToVerify, primitives: LogPrimitives): Promise<StretchVerification> {
  const progress: Progress = {
    edge: emptyEdge,
    vouched: -1,
    checkpoints: 0,
    signedSize: 0,
    clock: watchClock(log.latestTime),
    archived: log.archived ?? 0,
  };
  const leaves = readRuns(log.leaves);
  try {
    const fault = begin(progress, log, primitives) ?? (await recompute(progress, leaves, log, primitives));
    return { verification: report(progress, fault), times: progress.clock.span() };
  } finally {
    await leaves.close();
  }
}

function report(progress: Progress, found: LogFault | undefined): LogVerification {
  const fault = earliest(progress, found);
  const entries = fault === undefined ? progress.edge.size : goodEntries(fault, progress);
  const clockSetBack = progress.clock.found();
  return {
    holds: fault === undefined,
    entries,
    checkpoints: progress.checkpoints,
    signedSize: progress.signedSize,
    unsignedTail: entries - progress.signedSize,
    ...(fault === undefined ? {} : { firstWrong: fault }),
    ...(clockSetBack === undefined ? {} : { clockSetBack }),
  };
}

/** An entry in doubt comes before whatever stopped the check, and was changed unless a checkpoint has vouched for its text. */
function earliest(progress: Progress, fault: LogFault | undefined): LogFault | undefined {
  if (progress.doubtful === undefined || fault?.kind === 'leaf-hash-changed') return fault;
  return { kind: 'leaf-changed', index: progress.doubtful };
}

function begin(progress: Progress, { since, key }: LogToVerify, primitives: LogPrimitives): LogFault | undefined {
  if (since === undefined) return undefined;
  if (since.note === null) return { kind: 'checkpoint-signature', checkpoint: since.size };
  const edge = since.edge === null ? undefined : decodeEdge(since.size, since.edge);
  if (edge === undefined) return { kind: 'edge-mismatch', checkpoint: since.size };
  progress.edge = edge;
  return checkCheckpoint(progress, since, key, primitives);
}

async function recompute(
  progress: Progress,
  leaves: RunReader<StoredLeaf>,
  log: LogToVerify,
  primitives: LogPrimitives,
): Promise<LogFault | undefined> {
  for await (const batch of log.checkpoints) {
    for (const checkpoint of batch) {
      const fault = isInOrder(progress, checkpoint)
        ? ((await addLeaves(progress, leaves, checkpoint.size, primitives.hasher)) ??
          checkCheckpoint(progress, checkpoint, log.key, primitives))
        : ({ kind: 'checkpoint-order', checkpoint: checkpoint.size } as const);
      if (fault !== undefined) return fault;
    }
  }
  const fault = await addLeaves(progress, leaves, Number.POSITIVE_INFINITY, primitives.hasher);
  if (fault !== undefined) return fault;
  return progress.edge.size > 0 && progress.signedSize === 0 ? { kind: 'never-signed' } : undefined;
}

function isInOrder(progress: Progress, { size }: StoredCheckpoint): boolean {
  return Number.isSafeInteger(size) && size > progress.vouched;
}

/** Takes leaves until there are `size`, or no more. */
async function addLeaves(
  progress: Progress,
  leaves: RunReader<StoredLeaf>,
  size: number,
  hasher: TreeHasher,
): Promise<LogFault | undefined> {
  while (progress.edge.size < size) {
    const run = await leaves.take(size - progress.edge.size);
    if (run.length === 0) return Number.isFinite(size) ? { kind: 'truncated', index: progress.edge.size, checkpoint: size } : undefined;
    const fault = addRun(progress, run, hasher);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function addRun(progress: Progress, run: readonly StoredLeaf[], hasher: TreeHasher): LogFault | undefined {
  const hashes: Hash[] = [];
  for (const stored of run) {
    const expected = progress.edge.size + hashes.length;
    const kept = expected < progress.archived ? hashOf(stored) : undefined;
    const hash = kept ?? hasher.leaf(stored.leaf);
    const fault = kept === undefined ? checkLeaf(progress, stored, expected, hash) : checkNumber(stored, expected);
    if (fault !== undefined) return fault;
    hashes.push(hash);
  }
  progress.edge = appendLeaves(hasher, progress.edge, hashes);
  return undefined;
}

const hashOf = ({ leafHash }: StoredLeaf): Hash | undefined => (typeof leafHash === 'string' ? leafHash : hashFromBytes(leafHash));

function checkNumber({ index }: Pick<StoredLeaf, 'index'>, expected: number): LogFault | undefined {
  return index === expected ? undefined : { kind: index > expected ? 'leaf-missing' : 'leaf-repeated', index: expected };
}

function checkLeaf(progress: Progress, { index, leaf, leafHash }: StoredLeaf, expected: number, hash: Hash): LogFault | undefined {
  const fault = checkNumber({ index }, expected);
  if (fault !== undefined) return fault;
  if (progress.doubtful !== undefined) return undefined;
  if (typeof leafHash === 'string' ? hash !== leafHash : !equalsBytes(hash, leafHash)) progress.doubtful = index;
  else if (!isLeaf(leaf)) return { kind: 'leaf-malformed', index };
  else progress.clock.add(index, leaf);
  return undefined;
}

function checkCheckpoint(progress: Progress, stored: StoredCheckpoint, key: NoteKey, primitives: LogPrimitives): LogFault | undefined {
  const root = edgeRoot(primitives.hasher, progress.edge);
  const fault = checkNote(stored, key, primitives.verifyEd25519) ?? checkTree(progress, stored, root);
  if (fault !== undefined) return fault;
  if (progress.doubtful !== undefined) return { kind: 'leaf-hash-changed', index: progress.doubtful };
  progress.vouched = stored.size;
  progress.checkpoints += 1;
  if (stored.note !== null) progress.signedSize = stored.size;
  return undefined;
}

/** Whether the note is good and says what the stored columns say. */
function checkNote({ size, root, note }: StoredCheckpoint, key: NoteKey, verify: VerifyEd25519): CheckpointFault | undefined {
  if (note === null) return undefined;
  const opened = open(note, key, verify);
  if (opened === 'checkpoint-signature' || opened === 'checkpoint-malformed') return { kind: opened, checkpoint: size };
  const isAsSigned = opened.origin === key.name && opened.size === size && equalsBytes(opened.root, root);
  return isAsSigned ? undefined : { kind: 'checkpoint-changed', checkpoint: size };
}

function open(note: string, key: NoteKey, verify: VerifyEd25519): Checkpoint | 'checkpoint-signature' | 'checkpoint-malformed' {
  try {
    return openCheckpoint(note, key, verify);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'integrity.checkpoint-signature' ? 'checkpoint-signature' : 'checkpoint-malformed';
  }
}

function checkTree(progress: Progress, stored: StoredCheckpoint, root: Hash): LogFault | undefined {
  const hasEdge = stored.edge === null || edgeEqualsBytes(progress.edge, stored.edge);
  if (equalsBytes(root, stored.root)) return hasEdge ? undefined : { kind: 'edge-mismatch', checkpoint: stored.size };
  const from = Math.max(progress.vouched, 0);
  const isAlone = from === stored.size || (stored.note === null && hasEdge);
  if (isAlone) return { kind: 'checkpoint-changed', checkpoint: stored.size };
  return { kind: 'entries-rewritten', from, to: stored.size - 1, checkpoint: stored.size };
}

/** Where a checkpoint is wrong, only what the one before vouches for is known to be good. */
function goodEntries(fault: LogFault, progress: Progress): number {
  if ('index' in fault) return fault.index;
  return 'from' in fault ? fault.from : Math.max(progress.vouched, 0);
}
