import type { KeyAlgorithm } from '../../domain/key/algorithm.ts';

export interface AuthorityRecord {
  readonly id: string;
  readonly name: string;
  /** Null for a root. */
  readonly parentId: string | null;
  readonly algorithm: KeyAlgorithm;
  readonly keyId: string;
  readonly certificateId: string;
  /** Base of the addresses in what it issues, without a slash at the end; null leaves them out. */
  readonly publishUrl: string | null;
  /** File name without extension, as in those addresses. */
  readonly slug: string;
  readonly createdAt: string;
  /** Where OCSP is answered, as in what it issues from then on; null: nowhere. */
  readonly ocspUrl: string | null;
  /** The authority of the same name whose key this one's took over from; null where it is the first. */
  readonly replaces: string | null;
}

export interface CertificateListRecord {
  readonly authorityId: string;
  readonly number: number;
  readonly thisUpdate: string;
  readonly nextUpdate: string;
  readonly entries: number;
  /** When it was handed out; null while nobody outside can have it. */
  readonly publishedAt: string | null;
  /** Of a delta list the number of the full list it says the changes to; null for a full list. */
  readonly base: number | null;
  /** The address it says it is for (issuingDistributionPoint); null where it does not. */
  readonly point: string | null;
}

/** Some of a list's octets, which are kept in parts because they may be many megabytes. */
export interface CertificateListPart {
  readonly authorityId: string;
  readonly number: number;
  /** The octets of a list are those of its parts, from position 0 on. */
  readonly position: number;
  readonly der: Uint8Array;
}

/** An authority that waits for its certificate. */
export interface AuthorityRequestRecord {
  readonly id: string;
  readonly name: string;
  readonly algorithm: KeyAlgorithm;
  readonly keyId: string;
  readonly publishUrl: string | null;
  readonly createdAt: string;
  /** PKCS #10, DER; null where it was made before it was kept. */
  readonly der: Uint8Array | null;
}

export interface AuthorityReader {
  find(id: string): Promise<AuthorityRecord | undefined>;
  /** The practice's own, the oldest first; of those made together, a root before what is below it. */
  list(): Promise<readonly AuthorityRecord[]>;
  /** Those outside that have certified somebody here; `find` knows them as well. */
  outside(): Promise<readonly AuthorityRecord[]>;
  /** Full lists only. */
  latestList(authorityId: string): Promise<CertificateListRecord | undefined>;
  /** The newest full list that was handed out. */
  latestPublished(authorityId: string): Promise<CertificateListRecord | undefined>;
  latestDelta(authorityId: string): Promise<CertificateListRecord | undefined>;
  /** Ids of the certificates that keys of the same name gave to this one's key. */
  crossCertificates(authorityId: string): Promise<readonly string[]>;
  /** Those that wait for their certificate, the oldest first. */
  requests(): Promise<readonly AuthorityRequestRecord[]>;
  /** The one that waits with this key. */
  requestByKey(keyId: string): Promise<AuthorityRequestRecord | undefined>;
  listDer(authorityId: string, number: number): Promise<Uint8Array | undefined>;
  /** So many parts of a list from a position on; none where it has no more. */
  listParts(authorityId: string, number: number, from: number, most: number): Promise<readonly CertificateListPart[]>;
}

export interface AuthorityStore extends AuthorityReader {
  insert(authority: AuthorityRecord): Promise<void>;
  insertOutside(authority: AuthorityRecord): Promise<void>;
  /** One that was outside is the practice's own from now on, with what this says of it. @throws AppError stale */
  bringInside(authority: AuthorityRecord): Promise<void>;
  /** @throws AppError not-found */
  setOcspUrl(id: string, url: string | null): Promise<void>;
  insertRequest(request: AuthorityRequestRecord): Promise<void>;
  /** It has its certificate. @throws AppError stale */
  removeRequest(id: string): Promise<void>;
  insertCrossCertificate(certificateId: string, authorityId: string): Promise<void>;
  /** A list that was kept is given to others now. @throws AppError not-found */
  publishList(authorityId: string, number: number, at: string): Promise<void>;
  /** Its parts follow. @throws AppError stale when the number is not above the latest. */
  insertList(list: CertificateListRecord): Promise<void>;
  insertListPart(part: CertificateListPart): Promise<void>;
}
