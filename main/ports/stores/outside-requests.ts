import type { SubjectPurpose } from '../../domain/key/usage.ts';

/** A request for a certificate that was made here for an authority outside. */
export interface OutsideRequestRecord {
  readonly id: string;
  /** In the vault, before its first use until the answer comes. */
  readonly keyId: string;
  readonly personId: string | null;
  /** RFC 4514. */
  readonly subject: string;
  readonly emails: readonly string[];
  readonly purpose: SubjectPurpose;
  /** PKCS #10, DER. */
  readonly der: Uint8Array;
  readonly createdAt: string;
  /** Null while it is open. */
  readonly certificateId: string | null;
}

export interface OutsideRequestReader {
  findByKey(keyId: string): Promise<OutsideRequestRecord | undefined>;
  find(id: string): Promise<OutsideRequestRecord | undefined>;
  /** Those without an answer, the oldest first. */
  open(): Promise<readonly OutsideRequestRecord[]>;
}

export interface OutsideRequestStore extends OutsideRequestReader {
  insert(request: OutsideRequestRecord): Promise<void>;
  /** @throws AppError stale when it has an answer already */
  answer(id: string, certificateId: string): Promise<void>;
  /** @throws AppError stale when it has an answer */
  remove(id: string): Promise<void>;
}
