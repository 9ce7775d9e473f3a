/** A backup that was begun here, and what came of it. */
export interface BackupRecord {
  readonly id: string;
  /** When it was begun. */
  readonly createdAt: string;
  /** The folder, absolute, and the file's name in it. */
  readonly folder: string;
  readonly name: string;
  /** Who asked for it; null where the schedule did. */
  readonly operatorId: string | null;
  /** `writing`: the intent; what came of it is not known while it stands. `removed`: by the schedule, because newer ones are kept. */
  readonly state: 'writing' | 'made' | 'failed' | 'removed';
  readonly octets: number | null;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string | null;
  /** Entries of the log that are in it. */
  readonly entries: number | null;
}

export interface BackupReader {
  /** Newest first. */
  list(limit: number): Promise<readonly BackupRecord[]>;
  inState(state: BackupRecord['state']): Promise<readonly BackupRecord[]>;
}

export interface BackupStore extends BackupReader {
  begin(backup: Pick<BackupRecord, 'id' | 'createdAt' | 'folder' | 'name' | 'operatorId'>): Promise<void>;
  /** @throws AppError stale when it is not being written any more */
  finish(id: string, made: { readonly octets: number; readonly sha256: string; readonly entries: number | null }): Promise<void>;
  /** What is not being written is left as it is. */
  fail(id: string): Promise<void>;
  setRemoved(ids: readonly string[]): Promise<void>;
}
