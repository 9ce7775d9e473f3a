import type { ExplainedRollback } from '../contract/audit.ts';
import type { RollbackSuspicion } from '../domain/audit/kept-checkpoint.ts';
import type { ReadStores, Stores } from '../ports/database.ts';

/** What a workspace remembers of suspected rollbacks. The log has it as well; this is what is looked at on every start. */
export interface RollbackRecord {
  readonly suspicion: RollbackSuspicion | null;
  readonly explained: readonly ExplainedRollback[];
  /** SHA-256 of kept checkpoints that were explained, and are not held against the log again. */
  readonly digests: readonly string[];
}

const nothing: RollbackRecord = { suspicion: null, explained: [], digests: [] };

export async function readRollback({ settings }: Pick<ReadStores, 'settings'>): Promise<RollbackRecord> {
  const text = await settings.get('rollback');
  return text === undefined ? nothing : (JSON.parse(text) as RollbackRecord);
}

export const writeRollback = ({ settings }: Stores, record: RollbackRecord): Promise<void> =>
  settings.put('rollback', JSON.stringify(record));

export const isExplained = ({ digests }: RollbackRecord, digest: string): boolean => digests.includes(digest);

/** The folder that checkpoints are kept in; undefined where none is set. */
export async function readFolder({ settings }: Pick<ReadStores, 'settings'>): Promise<string | undefined> {
  const text = await settings.get('checkpoint-folder');
  const folder = text === undefined ? null : (JSON.parse(text) as string | null);
  return folder ?? undefined;
}
