import type { ArchiveView } from '../contract/audit.ts';
import { archiveHeadLine, verifyArchive } from '../domain/audit/archive.ts';
import type { Hash } from '../domain/audit/hash.ts';
import { tileWidth } from '../domain/audit/log-tiles.ts';
import { readLeaf } from '../domain/audit/leaf.ts';
import { consistencyPath } from '../domain/audit/merkle-proof.ts';
import type { TreeEdge } from '../domain/audit/merkle-tree.ts';
import { parseVerifierKey, type NoteKey } from '../domain/audit/signed-note.ts';
import type { LogPrimitives } from '../domain/audit/verify.ts';
import { AppError } from '../domain/errors.ts';
import type { Sha256 } from '../domain/audit/hash.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { LogArchive } from '../ports/log-archive.ts';
import type { ArchiveRecord } from '../ports/stores/archives.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { AreaHandlers, Commit } from './handler.ts';
import { readLogKeySetting } from './log-key.ts';
import { createRangeHashes, createRootAt } from './log-proofs.ts';
import { requireNewestSigned } from './newest-signed.ts';
import { readSinks } from './sink-records.ts';
import { readWatchPolicy } from './watch-policy.ts';

export interface LogArchivingParts extends LogPrimitives {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly sha256: Sha256;
  readonly auditTrail: AuditTrail;
  readonly logArchive: LogArchive;
}

type ArchiveCall = 'archive' | 'archives' | 'checkArchive';

/** Contents of old entries in files of their own; the log keeps their hashes, and with them every proof. */
export const createArchiveHandlers = (parts: LogArchivingParts): Pick<AreaHandlers<'audit'>, ArchiveCall> => ({
  archives: async () => ({ archives: (await parts.read().archives.inState('made')).map(viewOf) }),
  archive: async ({ path }, { session, caller }) => archive(parts, path, { operator: session.operator.id, host: caller.host }),
  checkArchive: async ({ path }) => {
    const stores = parts.read();
    const { from, to, root } = await verifyArchive(parts.logArchive.lines(path), await keyOf(parts), parts);
    const isOfThisLog = to <= (await stores.auditLog.size()) && (await createRootAt(stores, parts.hasher)(to)) === root;
    return { from, to, isOfThisLog };
  },
});

const viewOf = ({ from, to, path, createdAt, octets, sha256 }: ArchiveRecord): ArchiveView => ({
  from,
  to,
  path,
  createdAt,
  octets: octets ?? 0,
  sha256: sha256 ?? '',
});

const keyOf = async ({ read, sha256 }: LogArchivingParts): Promise<NoteKey> =>
  parseVerifierKey((await readLogKeySetting(read())).vkey, sha256);

type Actor = Pick<Parameters<AuditTrail['commit']>[0], 'operator' | 'host'>;

/**
 * Bracketed: the intent is durable before the file is written, the file is read back before anything leaves the log, and what leaves it does so
 * in the unit that enters the outcome. Killed anywhere before, the log is as it was.
 */
async function archive(parts: LogArchivingParts, path: string, by: Actor): Promise<Commit<Omit<ArchiveView, 'createdAt'>>> {
  const range = await oldRange(parts);
  const number = await begin(parts, { ...range, path }, by);
  try {
    const digest = await parts.logArchive.write(path, linesOf(parts, range));
    const read = await verifyArchive(parts.logArchive.lines(path), await keyOf(parts), parts);
    if (read.from !== range.from || read.to !== range.to) throw new AppError('store.corrupt', 'The archive does not read back.', {});
    return async (stores) => {
      await stores.archives.finish(number, digest);
      await stores.auditLog.archive(range.to);
      return { value: { ...range, path, ...digest }, subject: { ...range, sha256: digest.sha256 } };
    };
  } catch (error) {
    await parts.auditTrail.record(async (stores) => ({ value: await stores.archives.fail(number), entries: [] }));
    throw error;
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function begin({ auditTrail }: LogArchivingParts, { from, to, path }: Range & { readonly path: string }, by: Actor): Promise<number> {
  return auditTrail.record(async (stores, { time }) => ({
    value: await stores.archives.begin({ from, to, path, createdAt: time }),
    entries: [{ ...by, action: 'audit.archive-begin', subject: { from, to }, outcome: 'success' }],
  }));
}

/**
 * Whole tiles of entries that are all older than the policy asks for, signed, and taken by every other system that gets them.
 * @throws AppError input.too-young
 */
async function oldRange({ read, clock }: LogArchivingParts): Promise<Range> {
  const stores = read();
  const { retentionYears } = await readWatchPolicy(stores);
  const from = await stores.auditLog.archivedSize();
  const since = new Date(clock.now());
  since.setUTCFullYear(since.getUTCFullYear() - retentionYears);
  const [young, { size }, sinks] = [
    await stores.auditLog.firstSince(since.toISOString()),
    await requireNewestSigned(stores),
    await readSinks(stores),
  ];
  const end = Math.min(young ?? size - 1, size - 1, ...sinks.map(({ next }) => next));
  const to = Math.floor(end / tileWidth) * tileWidth;
  if (to <= from) throw new AppError('input.too-young', 'Nothing in the log is old enough to be archived.', { years: retentionYears });
  return { from, to };
}

async function* linesOf({ read, hasher }: LogArchivingParts, { from, to }: Range): AsyncGenerator<string> {
  const stores = read();
  const { size, note } = await requireNewestSigned(stores);
  const rangeHash = createRangeHashes(stores, hasher);
  const path = await consistencyPath(to, size, rangeHash);
  yield archiveHeadLine({ from, to, edge: await edgeAt(from, rangeHash), checkpoint: note, path });
  for await (const batch of stores.auditLog.leaves(from, 1000)) {
    for (const { index, leaf } of batch) {
      if (index >= to) return;
      readLeaf(leaf);
      yield leaf;
    }
  }
}

/** The right edge of the tree over the first `size` entries: the largest whole trees, from the left. */
async function edgeAt(size: number, rangeHash: (from: number, to: number) => Promise<Hash>): Promise<TreeEdge> {
  const hashes: Hash[] = [];
  for (let at = 0; at < size;) {
    const width = 2 ** Math.floor(Math.log2(size - at));
    hashes.push(await rangeHash(at, at + width));
    at += width;
  }
  return { size, hashes };
}

/** How many entries the log itself says are in archives: more than that were taken out by somebody else. */
export async function archivedByLog({ auditLog }: ReadStores): Promise<number> {
  const { rows } = await auditLog.page({ actions: ['audit.archive'], outcomes: ['success'], limit: 1 });
  const to = rows[0] === undefined ? undefined : readLeaf(rows[0].leaf).subject['to'];
  return typeof to === 'number' ? to : 0;
}

/** Ends what a killed process had begun: nothing had left the log. Runs before the first call; never fails. */
export async function recoverArchives({
  read,
  auditTrail,
  logArchive,
  report,
}: Pick<LogArchivingParts, 'read' | 'auditTrail' | 'logArchive'> & { report: (error: unknown) => void }): Promise<void> {
  try {
    for (const { number, from, to, path } of await read().archives.inState('writing')) {
      await logArchive.discardUnfinished(path).catch(report);
      const subject = { from, to };
      const entry = { action: 'audit.archive', operator: undefined, host: 'core', subject, outcome: 'failed', error: 'cancelled' } as const;
      await auditTrail.record(async (stores) => ({ value: await stores.archives.fail(number), entries: [entry] }));
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store.not-initialised') report(error);
  }
}
