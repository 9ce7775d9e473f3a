import type { AuditAction } from '../../domain/audit/action.ts';
import type { AuditOutcome } from '../../domain/audit/entry.ts';
import type { Page, PageRequest } from '../page.ts';

/** One leaf as stored. `leaf` is the canonical JSON that is hashed; the other columns repeat parts of it for search. */
export interface LeafRecord {
  readonly index: number;
  readonly leaf: string;
  readonly leafHash: Uint8Array;
}

export interface CheckpointRecord {
  readonly size: number;
  readonly root: Uint8Array;
  /** Hashes of the tree's right edge, largest subtree first, concatenated. */
  readonly edge: Uint8Array;
  /** The signed note (C2SP), or null for the unsigned tail made while the log key was locked. */
  readonly note: string | null;
  readonly time: string;
}

export interface AuditQuery extends PageRequest {
  readonly search?: string | undefined;
  readonly actions?: readonly AuditAction[] | undefined;
  readonly outcomes?: readonly AuditOutcome[] | undefined;
  readonly personId?: string | undefined;
  readonly certificateId?: string | undefined;
  /** Instants: `from` and later, before `to`. With either, entries come by time; otherwise as they were appended. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Newest first unless set. */
  readonly ascending?: boolean | undefined;
}

export interface AuditLogReader {
  size(): Promise<number>;
  leaf(index: number): Promise<LeafRecord | undefined>;
  page(query: AuditQuery): Promise<Page<LeafRecord>>;
  /** How many entries from the first on have their content in archives; their hashes stay. */
  archivedSize(): Promise<number>;
  /** The first entry of this time or later; every one before it is older. Undefined where all are. */
  firstSince(time: string): Promise<number | undefined>;
  /** All leaves from `from` on, in order, in batches. Of what is in archives `leaf` is empty. */
  leaves(from: number, batch: number): AsyncIterable<readonly LeafRecord[]>;
  leafHashes(from: number, to: number): Promise<readonly Uint8Array[]>;
  latestCheckpoint(): Promise<CheckpointRecord | undefined>;
  latestSigned(): Promise<CheckpointRecord | undefined>;
  checkpoints(from: number, batch: number): AsyncIterable<readonly CheckpointRecord[]>;
}

export interface AuditLogStore extends AuditLogReader {
  /** Appends leaves, one after another from the log's end, and the checkpoint over them. @throws AppError stale when another writer was there first. */
  append(leaves: readonly LeafRecord[], checkpoint: CheckpointRecord): Promise<void>;
  /** Lets the contents of the entries before `to` go; their hashes stay. @throws AppError internal for more than there are */
  archive(to: number): Promise<void>;
  /** Puts the signature under the latest checkpoint once the log key is open again. @throws AppError stale when it is not the latest, or signed. */
  sign(size: number, note: string): Promise<void>;
}
