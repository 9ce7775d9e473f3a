import type { StoredKeyAlgorithm } from '../../domain/key/algorithm.ts';
import type { KeyState } from '../../domain/key/state.ts';
import type { KeyStoreKind } from '../../domain/key/store.ts';
import type { KeyUsagePurpose } from '../../domain/key/usage.ts';
import type { RevocationReason } from '../../domain/x509/revocation-reason.ts';
import type { Page, PageRequest } from '../page.ts';

export interface CertificateRecord {
  readonly id: string;
  /** Of the DER, hex. */
  readonly sha256: string;
  /** Hex without leading zeros' sign octet, lower case. Unique within its issuer. */
  readonly serialNumber: string;
  /** RFC 4514 strings. */
  readonly subject: string;
  readonly issuer: string;
  readonly issuerAuthorityId: string;
  readonly emails: readonly string[];
  readonly profile: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isAuthority: boolean;
  readonly keyId: string;
  readonly personId: string | null;
  /** The newest of its purpose for the person; older ones are kept for old mail. */
  readonly isCurrent: boolean;
  readonly createdAt: string;
}

export interface RevocationRecord {
  readonly certificateId: string;
  readonly authorityId: string;
  readonly serialNumber: string;
  readonly revokedAt: string;
  readonly reason: RevocationReason;
  readonly invalidityDate: string | null;
  readonly notAfter: string;
}

/** By certificate, oldest first. */
export interface ListChanges {
  readonly revoked: readonly RevocationRecord[];
  readonly resumed: readonly { readonly serialNumber: string; readonly resumedAt: string }[];
}

export interface StatusQuery {
  readonly authorityId: string;
  readonly at: string;
  /** A serial number; absent: from the first. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What is known of the revocation of a certificate that was issued. */
export interface StatusRow {
  readonly serialNumber: string;
  readonly revocation: { readonly revokedAt: string; readonly reason: RevocationReason } | null;
}

/** A certificate with what its key and its revocation say. */
export interface CertificateRow extends CertificateRecord {
  readonly keyAlgorithm: StoredKeyAlgorithm;
  readonly keyUsage: KeyUsagePurpose;
  readonly keyState: KeyState;
  readonly keyStore: KeyStoreKind;
  readonly revocation: { readonly revokedAt: string; readonly reason: RevocationReason } | null;
}

export interface CertificateQuery extends PageRequest {
  readonly personId?: string | undefined;
  readonly authorityId?: string | undefined;
  readonly search?: string | undefined;
  readonly isCurrent?: boolean | undefined;
}

export interface CertificateReader {
  find(id: string): Promise<CertificateRow | undefined>;
  /** By the beginning (8 digits or more) of id, SHA-256 or serial number; more than one answer means ambiguous. */
  findByPrefix(text: string): Promise<readonly CertificateRow[]>;
  /** Newest first, as for people. */
  ofPerson(personId: string): Promise<readonly CertificateRow[]>;
  ofPeople(personIds: readonly string[]): Promise<readonly CertificateRow[]>;
  /** Newest first. */
  page(query: CertificateQuery): Promise<Page<CertificateRow>>;
  der(id: string): Promise<Uint8Array | undefined>;
  /** Not revoked, current, ending in [from, to), by end; for the calendar. */
  endings(from: string, to: string): Promise<readonly { readonly notAfter: string; readonly personId: string | null }[]>;
  /** Whether an authority has issued to anybody but authorities; answered by its first such certificate. */
  hasSubscribers(authorityId: string): Promise<boolean>;
  /** How many entries `listEntries` gives, and of how many octets. */
  listEntriesSize(authorityId: string): Promise<{ readonly entries: number; readonly octets: number }>;
  /**
   * What one authority's CRL names: its entries, DER (RFC 5280 section 5.1.2.6), by time, hundreds of them to an array. An
   * array is good until the next one is asked for.
   */
  listEntries(authorityId: string): AsyncIterable<Uint8Array>;
  /** What changed since an instant, for a delta CRL (RFC 5280 section 5.2.4): revoked or changed, and taken off a hold older than that. */
  changesSince(authorityId: string, since: string): Promise<ListChanges>;
  /** Certificates of one authority that have not ended at an instant, by serial number, behind one of them: what OCSP says of each. */
  statuses(query: StatusQuery): Promise<readonly StatusRow[]>;
  /** The same of these, whether they have ended or not; who is not among them was never issued. */
  statusesOf(authorityId: string, serialNumbers: readonly string[]): Promise<readonly StatusRow[]>;
  /** Whether an authority came here with certificates that were issued before: they may name other addresses than ours do. */
  issuedElsewhere(authorityId: string): Promise<boolean>;
  counts(): Promise<{ readonly all: number; readonly revoked: number }>;
}

export interface CertificateStore extends CertificateReader {
  /** @throws AppError conflict, field serialNumber or sha256 */
  insert(certificates: readonly CertificateRecord[], der: readonly Uint8Array[]): Promise<void>;
  /** Marks older certificates as no longer current. @throws AppError not-found */
  supersede(certificateIds: readonly string[]): Promise<void>;
  /** For good, or on hold by their reason. @throws AppError conflict when one is revoked already. */
  revoke(revocations: readonly RevocationRecord[]): Promise<void>;
  /** Revokes for good what was on hold: since then, not since `at` (RFC 5280 section 5.3.1). @throws AppError stale for what is not on hold */
  revokeHeld(certificateIds: readonly string[], change: Pick<RevocationRecord, 'reason' | 'invalidityDate'>, at: string): Promise<void>;
  /** Takes certificates off hold. @throws AppError stale for what is not on hold */
  resume(certificateIds: readonly string[], at: string): Promise<void>;
  /** Takes out of `listEntries` what a CRL need no longer name at `at` (RFC 5280 section 3.3); some of it may stay for later. */
  dropEnded(authorityId: string, at: string): Promise<void>;
}
