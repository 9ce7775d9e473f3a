import type { OpenPgpAlgorithm } from '../../domain/openpgp/algorithm.ts';
import type { Page, PageRequest } from '../page.ts';

/** A person's OpenPGP certificate with where its secrets are kept. */
export interface OpenPgpRecord {
  readonly id: string;
  readonly personId: string;
  readonly algorithm: OpenPgpAlgorithm;
  /** Of the primary key, hex, lower case. Unique. */
  readonly fingerprint: string;
  readonly subkeyFingerprint: string;
  /** `Name <address>`, the primary one first. */
  readonly userIds: readonly string[];
  /** Ids of key records: what signs, and what opens mail. */
  readonly primaryKeyId: string;
  readonly subkeyId: string;
  /** The id under which the revocation certificate is sealed; no key record has it. */
  readonly revocationId: string;
  /** RFC 3339 instants, UTC. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** The one in use; a person has at most one, older ones are kept for old mail. */
  readonly isCurrent: boolean;
  /** When it was revoked; null while it is not. Its certificate says so from then on. */
  readonly revokedAt: string | null;
}

export interface OpenPgpQuery extends PageRequest {
  readonly personId?: string | undefined;
}

export interface OpenPgpReader {
  find(id: string): Promise<OpenPgpRecord | undefined>;
  /** By the beginning (8 digits or more) of id or fingerprint; more than one answer means ambiguous. */
  findByPrefix(text: string): Promise<readonly OpenPgpRecord[]>;
  /** Newest first. */
  ofPerson(personId: string): Promise<readonly OpenPgpRecord[]>;
  /** Newest first. */
  page(query: OpenPgpQuery): Promise<Page<OpenPgpRecord>>;
  /** The transferable public key, binary (RFC 9580 section 10.1). */
  certificate(id: string): Promise<Uint8Array | undefined>;
}

export interface OpenPgpStore extends OpenPgpReader {
  /** @throws AppError conflict, field fingerprint, or personId when the person has one in use already */
  insert(record: OpenPgpRecord, certificate: Uint8Array): Promise<void>;
  /** Marks one as no longer in use. @throws AppError stale when it was not */
  supersede(id: string): Promise<void>;
  /** It is in use no more, and has this certificate. @throws AppError stale when it is revoked already */
  revoke(id: string, certificate: Uint8Array, at: string): Promise<void>;
}
