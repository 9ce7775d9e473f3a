/** A file that contents of the log went to, or were on their way to. */
export interface ArchiveRecord {
  /** From 1 on. */
  readonly number: number;
  /** Entries from `from` on, and before `to`. */
  readonly from: number;
  readonly to: number;
  /** Absolute. */
  readonly path: string;
  readonly createdAt: string;
  /** `writing`: the intent; nothing has left the log while it stands. */
  readonly state: 'writing' | 'made' | 'failed';
  readonly octets: number | null;
  /** Of the whole file, hexadecimal. */
  readonly sha256: string | null;
}

export interface ArchiveReader {
  /** Newest first. */
  list(): Promise<readonly ArchiveRecord[]>;
  inState(state: ArchiveRecord['state']): Promise<readonly ArchiveRecord[]>;
}

export interface ArchiveStore extends ArchiveReader {
  /** Gives its number. */
  begin(archive: Pick<ArchiveRecord, 'from' | 'to' | 'path' | 'createdAt'>): Promise<number>;
  /** @throws AppError stale when it is not being written any more */
  finish(number: number, made: { readonly octets: number; readonly sha256: string }): Promise<void>;
  /** What is not being written is left as it is. */
  fail(number: number): Promise<void>;
}
