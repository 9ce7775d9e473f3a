import type { AuditAction } from '../domain/audit/action.ts';
import type { AuditEntry, AuditOrigin, AuditOutcome, AuditSubject } from '../domain/audit/entry.ts';
import { hashToBytes, type TreeHasher } from '../domain/audit/hash.ts';
import { encodeLeaf } from '../domain/audit/leaf.ts';
import { appendLeaves, decodeEdge, edgeRoot, emptyEdge, encodeEdge, type TreeEdge } from '../domain/audit/merkle-tree.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database, Stores } from '../ports/database.ts';
import type { CheckpointRecord } from '../ports/stores/audit-log.ts';
import type { Commit, Committed, CommitPoint, PushMessage } from './handler.ts';
import type { LogKey } from './log-key.ts';
import { inRounds } from './sign-between-units.ts';

/** Who tries what; becomes an entry whatever comes of it. */
export interface Attempt {
  readonly action: AuditAction;
  readonly operator: string | undefined;
  readonly host: AuditOrigin['host'];
  readonly subject: AuditSubject;
  readonly reason?: string;
}

export interface EntryDraft extends Attempt {
  readonly outcome: AuditOutcome;
  readonly error?: ErrorCode;
}

/** Every unit of work goes through here, so that no change commits without its entries and no entry without its change. */
export interface AuditTrail {
  /** Runs a command's unit and enters its success in the same transaction. */
  commit<T>(attempt: Attempt, commit: Commit<T>): Promise<Committed<T>>;
  /** Runs one unit of a job: the change and an entry for each thing done. `afterwards` as for a command. */
  record<T>(work: (stores: Stores, at: CommitPoint) => Promise<{ readonly value: T; readonly entries: readonly EntryDraft[] }>): Promise<T>;
  /** Enters a refusal, failure or logged reading in a unit of its own. Before there is a workspace there is no log: then nothing. */
  enter(entry: EntryDraft, consequence?: (stores: Stores) => Promise<void>): Promise<void>;
}

export interface AuditTrailParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly hasher: TreeHasher;
  readonly logKey: Pick<LogKey, 'sign'>;
  readonly origin: Omit<AuditOrigin, 'host'>;
  readonly announce: (message: PushMessage) => void;
  /** What the rules find in entries that are about to be written: entries of their own, in the same unit. */
  readonly watch: (stores: Stores, entries: readonly EntryDraft[], at: CommitPoint) => Promise<readonly EntryDraft[]>;
}

export function createAuditTrail(parts: AuditTrailParts): AuditTrail {
  const record: AuditTrail['record'] = async (work) => {
    const { value, size, isNews } = await inRounds((timeOf) =>
      parts.database.unit(async (stores) => {
        const latest = await stores.auditLog.latestCheckpoint();
        const at = { time: timeOf(parts.clock.now(), latest?.time), auditIndex: latest?.size ?? 0 };
        const done = await work(stores, at);
        const entries = [...done.entries, ...(await parts.watch(stores, done.entries, at))];
        await append(parts, stores, latest, entries, at.time);
        return {
          value: done.value,
          size: at.auditIndex + entries.length,
          isNews: done.entries.some(({ action }) => action !== 'audit.read'),
        };
      }),
    );
    if (isNews) parts.announce({ name: 'audit.grown', payload: { size } });
    return value;
  };
  return {
    record,
    commit: (attempt, commit) => record(async (stores, at) => commitAttempt(attempt, commit, stores, at)),
    enter: (entry, consequence) => enter(record, entry, consequence),
  };
}

async function commitAttempt<T>(
  attempt: Attempt,
  commit: Commit<T>,
  stores: Stores,
  at: CommitPoint,
): Promise<{ value: Committed<T>; entries: EntryDraft[] }> {
  const value = await commit(stores, at);
  const { subject, operator = attempt.operator, reason } = value;
  const entry = { ...attempt, operator, subject: { ...attempt.subject, ...subject }, outcome: 'success' } as const;
  return { value, entries: [reason === undefined ? entry : { ...entry, reason }] };
}

async function enter(record: AuditTrail['record'], entry: EntryDraft, consequence?: (stores: Stores) => Promise<void>): Promise<void> {
  try {
    await record(async (stores) => {
      await consequence?.(stores);
      return { value: undefined, entries: [entry] };
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store.not-initialised') throw error;
  }
}

async function append(
  parts: AuditTrailParts,
  stores: Stores,
  latest: CheckpointRecord | undefined,
  drafts: readonly EntryDraft[],
  time: string,
): Promise<void> {
  if (drafts.length === 0) return;
  const before = edgeOf(latest);
  await requireCounted(stores, before.size);
  const leaves = drafts.map((draft, at) => leafOf(parts, draft, before.size + at, time));
  const edge = appendLeaves(
    parts.hasher,
    before,
    leaves.map(({ hash }) => hash),
  );
  const root = edgeRoot(parts.hasher, edge);
  const records = leaves.map(({ index, leaf, hash }) => ({ index, leaf, leafHash: hashToBytes(hash) }));
  await stores.auditLog.append(records, {
    size: edge.size,
    root: hashToBytes(root),
    edge: encodeEdge(edge),
    note: parts.logKey.sign(edge.size, root),
    time,
  });
}

/**
 * One writer appends, and each time writes the total over all there is: any other count was made by somebody else.
 * @throws AppError integrity.audit-broken
 */
async function requireCounted({ auditLog }: Stores, counted: number): Promise<void> {
  const size = await auditLog.size();
  if (size === counted) return;
  const details = size < counted ? { kind: 'truncated', index: size, checkpoint: counted } : { kind: 'uncounted', index: counted };
  throw new AppError('integrity.audit-broken', 'The newest total of the log does not count the entries that are there.', details);
}

function edgeOf(latest: CheckpointRecord | undefined): TreeEdge {
  const edge = latest === undefined ? emptyEdge : decodeEdge(latest.size, latest.edge);
  if (edge === undefined)
    throw new AppError('integrity.audit-broken', 'The newest checkpoint of the log cannot be read.', {
      kind: 'edge-mismatch',
      size: latest?.size ?? 0,
    });
  return edge;
}

function leafOf(parts: AuditTrailParts, draft: EntryDraft, index: number, time: string): { index: number; leaf: string; hash: string } {
  const { action, host, operator, subject, outcome, error, reason } = draft;
  const entry: AuditEntry = {
    version: 1,
    time,
    action,
    subject,
    outcome,
    origin: { ...parts.origin, host },
    ...(operator === undefined || operator === '' ? {} : { operator }),
    ...(error === undefined ? {} : { error }),
    ...(reason === undefined || reason === '' ? {} : { reason }),
  };
  const leaf = encodeLeaf(entry);
  return { index, leaf, hash: parts.hasher.leaf(leaf) };
}
