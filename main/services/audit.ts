import { hashToBase64 } from '../domain/audit/hash.ts';
import { readLeaf, tryReadLeaf } from '../domain/audit/leaf.ts';
import { verifyInclusion } from '../domain/audit/merkle-proof.ts';
import type { LogVerification } from '../domain/audit/verify.ts';
import { AppError } from '../domain/errors.ts';
import type { AuditEntryView, InclusionProofView } from '../contract/audit.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';

import type { CheckpointRecord, LeafRecord } from '../ports/stores/audit-log.ts';
import { namesFor } from './audit-names.ts';
import { createCheckpointPaper, type CheckpointPaperParts } from './checkpoint-paper.ts';
import type { AreaHandlers } from './handler.ts';
import { createEventExport } from './event-export.ts';
import { createLogExport, type LogExportParts } from './log-export.ts';
import type { LogKey } from './log-key.ts';
import { createInclusionPaths, storedHash } from './log-proofs.ts';
import { verifyWholeLog, type WholeLogParts } from './log-verification.ts';
import { createLogSelection } from './log-selection.ts';
import { createProofHandlers } from './checkpoint-proofs.ts';
import { createTimeStampHandlers, type TimeStampParts } from './time-stamps.ts';
import { archivedByLog, createArchiveHandlers, type LogArchivingParts } from './log-archiving.ts';
import { createRollbackHandlers, type RollbackParts } from './rollback.ts';

export interface AuditParts extends LogArchivingParts, LogExportParts, RollbackParts, WholeLogParts, TimeStampParts, CheckpointPaperParts {
  readonly clock: Clock;
  readonly logKey: Pick<LogKey, 'isChanged'>;
}

/** Nobody filters these away. */
const alarming = { actions: ['escrow.break-glass'], outcomes: ['success'], limit: 100 } as const;

/** Reading, proving and verifying the log. */
export function createAuditHandlers(parts: AuditParts): AreaHandlers<'audit'> {
  return {
    list: async ({ person, certificate, ...query }) => {
      const stores = parts.read();
      const page = await stores.auditLog.page({ ...query, personId: person, certificateId: certificate });
      const entries = await viewEntries(stores, page.rows);
      const isFirst = query.after === undefined && person === undefined && certificate === undefined;
      const alarms = isFirst ? await viewEntries(stores, (await stores.auditLog.page(alarming)).rows) : [];
      return page.next === undefined ? { entries, alarms } : { entries, alarms, next: page.next };
    },
    show: async ({ index }) => {
      const stores = parts.read();
      const record = await stores.auditLog.leaf(index);
      if (record === undefined)
        throw new AppError('not-found', 'The log has no entry of this number.', { what: 'entry', id: String(index) });
      const [entry] = await viewEntries(stores, [record]);
      if (entry === undefined) throw new AppError('internal', 'an entry was lost on the way');
      return { ...entry, proof: await prove(parts, stores, record) };
    },
    verify: async () => verify(parts),
    ...createLogExport(parts),
    ...createLogSelection(parts),
    ...createEventExport(parts),
    ...createRollbackHandlers(parts),
    ...createCheckpointPaper(parts),
    ...createTimeStampHandlers(parts),
    ...createProofHandlers(parts),
    ...createArchiveHandlers(parts),
  };
}

/** Entries as people are shown them: everybody named as they are called now. */
export async function viewEntries(stores: ReadStores, records: readonly LeafRecord[]): Promise<AuditEntryView[]> {
  const read = records.map((record) => ({ record, entry: readLeaf(record.leaf) }));
  const names = await namesFor(
    stores,
    read.map(({ entry }) => entry),
  );
  return read.map(({ record, entry }) => ({
    index: record.index,
    time: entry.time,
    operator: entry.operator === undefined ? null : (names.get(entry.operator) ?? null),
    operatorId: entry.operator ?? null,
    action: entry.action,
    subject: entry.subject,
    names: namesIn(entry.subject, names),
    outcome: entry.outcome,
    error: entry.error ?? null,
    reason: entry.reason ?? null,
    origin: entry.origin,
    leafHash: Buffer.from(record.leafHash).toString('base64'),
  }));
}

function namesIn(subject: AuditEntryView['subject'], names: ReadonlyMap<string, string>): Record<string, string> {
  const ids = Object.values(subject).flatMap((value) => (typeof value === 'object' ? value : [String(value)]));
  return Object.fromEntries(ids.flatMap((id) => (names.has(id) ? [[id, names.get(id) ?? '']] : [])));
}

/** The path from an entry to the newest signed total, or null while the entry is in the unsigned tail. */
async function prove(parts: AuditParts, stores: ReadStores, record: LeafRecord): Promise<InclusionProofView | null> {
  const signed = await stores.auditLog.latestSigned();
  if (signed === undefined || record.index >= signed.size) return null;
  const path = await createInclusionPaths(stores, parts.hasher)(record.index, signed.size);
  const [leafHash, rootHash] = [parts.hasher.leaf(record.leaf), storedHash(signed.root)];
  const holds = verifyInclusion(parts.hasher, { leafHash, index: record.index, treeSize: signed.size, path, rootHash });
  return {
    leafHash: hashToBase64(leafHash),
    index: record.index,
    treeSize: signed.size,
    path: path.map(hashToBase64),
    rootHash: hashToBase64(rootHash),
    holds,
    checkpointTime: signed.time,
    note: signed.note,
  };
}

const keyChanged = { holds: false, firstWrong: { kind: 'log-key-changed' } } as const;

async function verify(parts: AuditParts): ReturnType<AreaHandlers<'audit'>['verify']> {
  const stores = parts.read();
  const archived = await stores.auditLog.archivedSize();
  const result = requireEntered(await verifyWholeLog(parts, stores), archived, await archivedByLog(stores));
  const signed: CheckpointRecord | undefined = await stores.auditLog.latestSigned();
  const verdict = result.holds && parts.logKey.isChanged() ? { ...result, ...keyChanged } : result;
  return {
    ...verdict,
    archived,
    checkedAt: parts.clock.now().toISOString(),
    firstTime: await timeOfFirst(stores),
    signedTime: signed?.time ?? null,
  };
}

/** Contents that left the log without an entry that says so were taken. */
function requireEntered(result: LogVerification, archived: number, entered: number): LogVerification {
  if (!result.holds || archived <= entered) return result;
  return { ...result, holds: false, entries: entered, firstWrong: { kind: 'leaf-missing', index: entered } };
}

/** A first entry that cannot be read is for the verification to name, not for this. */
async function timeOfFirst(stores: ReadStores): Promise<string | null> {
  const first = await stores.auditLog.leaf(0);
  return (first && tryReadLeaf(first.leaf)?.time) ?? null;
}
