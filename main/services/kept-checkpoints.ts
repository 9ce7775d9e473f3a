import { hashToBytes, type Sha256, type TreeHasher } from '../domain/audit/hash.ts';
import {
  judgeKept,
  keptName,
  keptPrefix,
  type KeptCheckpoint,
  type LogNow,
  type RollbackSuspicion,
} from '../domain/audit/kept-checkpoint.ts';
import { parseVerifierKey, type VerifyEd25519 } from '../domain/audit/signed-note.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { AppError } from '../domain/errors.ts';
import type { RollbackStanding } from '../contract/audit.ts';
import type { CheckpointFolder } from '../ports/checkpoint-folder.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuditTrail } from './audit-trail.ts';
import { readLogKeySetting } from './log-key.ts';
import { createRootAt } from './log-proofs.ts';
import { newestSigned } from './newest-signed.ts';
import { isExplained, readFolder, readRollback, writeRollback, type RollbackRecord } from './rollback-record.ts';

export interface KeptCheckpointParts {
  readonly read: () => ReadStores;
  readonly hasher: TreeHasher;
  readonly sha256: Sha256;
  readonly verifyEd25519: VerifyEd25519;
  readonly checkpointFolder: CheckpointFolder;
  readonly auditTrail: AuditTrail;
  readonly report: (error: unknown) => void;
}

/** Holds the log against checkpoints that are kept outside, and keeps new ones there. */
export interface KeptCheckpoints {
  /**
   * Looks whether the log is the one of these checkpoints, or of the newest in the set folder, and what was suspected before. A new suspicion
   * is entered in the log and stands until somebody explains it. Never throws for a folder that cannot be read: `unreachable` then says why.
   */
  look(given?: readonly KeptCheckpoint[]): Promise<RollbackStanding>;
  /** Puts the newest signed checkpoint into the set folder, unless something is suspected. Resolves in any case. */
  keep(): Promise<void>;
  /** Every kept checkpoint that does not fit the log as it is now, as it is remembered once that is explained. */
  misfits(): Promise<readonly string[]>;
  /** Enters that a witness knows another past of this log, once, unless that was explained. */
  suspectWitnessed(suspicion: RollbackSuspicion): Promise<void>;
  /** Resolves when what is under way is done. */
  settled(): Promise<void>;
}

export function createKeptCheckpoints(parts: KeptCheckpointParts): KeptCheckpoints {
  let keeping: Promise<void> = Promise.resolve();
  return {
    look: (given) => look(parts, given),
    keep: () => (keeping = keeping.then(() => keepNewest(parts).catch(parts.report))),
    misfits: () => misfits(parts),
    suspectWitnessed: (suspicion) => suspectWitnessed(parts, suspicion),
    settled: () => keeping,
  };
}

async function look(parts: KeptCheckpointParts, given: readonly KeptCheckpoint[] | undefined): Promise<RollbackStanding> {
  const record = await readRollback(parts.read());
  const found =
    given === undefined ? await lookInFolder(parts, record) : { suspicion: await firstMisfit(parts, record, given), unreachable: null };
  const isNew = found.suspicion !== undefined && record.suspicion === null;
  // What anybody could have made up is told, and not remembered.
  if (isNew && found.suspicion !== undefined && (given === undefined || found.suspicion.kind !== 'signature'))
    await suspect(parts, found.suspicion);
  const suspicion = record.suspicion ?? found.suspicion ?? null;
  return { folder: (await readFolder(parts.read())) ?? null, suspicion, explained: record.explained, unreachable: found.unreachable };
}

async function lookInFolder(parts: KeptCheckpointParts, record: RollbackRecord) {
  const folder = await readFolder(parts.read());
  if (folder === undefined) return { suspicion: undefined, unreachable: null };
  try {
    return { suspicion: await newestMisfit(parts, record, folder), unreachable: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { suspicion: undefined, unreachable: error.code };
  }
}

/** The newest that is one of this log and that nobody has explained decides. */
async function newestMisfit(parts: KeptCheckpointParts, record: RollbackRecord, folder: string): Promise<RollbackSuspicion | undefined> {
  for await (const { kept, verdict } of judged(parts, folder))
    if (verdict === 'fits') return undefined;
    else if (verdict !== 'other' && !isExplained(record, digestOf(parts, kept))) return verdict;
  return undefined;
}

async function firstMisfit(
  parts: KeptCheckpointParts,
  record: RollbackRecord,
  given: readonly KeptCheckpoint[],
): Promise<RollbackSuspicion | undefined> {
  const log = await logNow(parts);
  for (const kept of given) {
    const verdict = isExplained(record, digestOf(parts, kept)) ? 'fits' : await judgeKept(kept, log, parts.verifyEd25519);
    if (verdict !== 'fits' && verdict !== 'other') return verdict;
  }
  return undefined;
}

async function misfits(parts: KeptCheckpointParts): Promise<readonly string[]> {
  const folder = await readFolder(parts.read());
  const digests: string[] = [];
  if (folder === undefined) return digests;
  for await (const { kept, verdict } of judged(parts, folder))
    if (verdict === 'fits') break;
    else if (verdict !== 'other') digests.push(digestOf(parts, kept));
  return digests;
}

async function suspectWitnessed(parts: KeptCheckpointParts, suspicion: RollbackSuspicion): Promise<void> {
  const record = await readRollback(parts.read());
  if (record.suspicion === null && !isExplained(record, suspicionDigest(suspicion, parts))) await suspect(parts, suspicion);
}

/** As what a suspicion is remembered once it is explained, where no checkpoint came with it. */
export const suspicionDigest = ({ kind, size, file }: RollbackSuspicion, { sha256 }: Pick<KeptCheckpointParts, 'sha256'>): string =>
  hexEncode(hashToBytes(sha256(`${kind}\n${size}\n${file}\n`)));

/** What is kept, newest first, and what it says of the log. */
async function* judged(parts: KeptCheckpointParts, folder: string) {
  const log = await logNow(parts);
  for (const name of await parts.checkpointFolder.names(folder, keptPrefix(log.key.name))) {
    const kept = await parts.checkpointFolder.read(folder, name);
    yield { kept, verdict: await judgeKept(kept, log, parts.verifyEd25519) };
  }
}

const digestOf = ({ sha256 }: KeptCheckpointParts, { note }: KeptCheckpoint): string => hexEncode(hashToBytes(sha256(note)));

/** The log as it is now, to be held against what was counted. */
export async function logNow({ read, hasher, sha256 }: Pick<KeptCheckpointParts, 'read' | 'hasher' | 'sha256'>): Promise<LogNow> {
  const stores = read();
  const { vkey } = await readLogKeySetting(stores);
  return { key: parseVerifierKey(vkey, sha256), size: await stores.auditLog.size(), root: createRootAt(stores, hasher) };
}

/** The entry and what the workspace remembers of it are one unit. */
function suspect({ auditTrail }: KeptCheckpointParts, suspicion: RollbackSuspicion): Promise<void> {
  const { kind, size, entries, file } = suspicion;
  const entry = { action: 'audit.rollback', operator: undefined, host: 'core', subject: { kind, size, entries, file } } as const;
  const remember = async (stores: Stores) => writeRollback(stores, { ...(await readRollback(stores)), suspicion });
  return auditTrail.enter({ ...entry, outcome: 'failed', error: 'integrity.rollback-suspected' }, remember);
}

async function keepNewest({ read, checkpointFolder }: KeptCheckpointParts): Promise<void> {
  const stores = read();
  const [folder, signed, record] = [await readFolder(stores), await newestSigned(stores), await readRollback(stores)];
  if (folder === undefined || signed === undefined || record.suspicion !== null) return;
  await checkpointFolder.write(folder, keptName(signed.origin, signed.size), signed.note);
}
