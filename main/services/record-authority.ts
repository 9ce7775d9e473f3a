import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { Stores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { SealedKeyRecord } from '../ports/stores/vault.ts';
import type { TokenKeyRecord } from '../ports/stores/tokens.ts';
import { keepAttestation, type AttestedTokenKey } from './key-attestation.ts';
import type { NewAuthority, SigningAuthority } from './new-authority.ts';

export interface RecordAuthorityParts {
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/** An authority to be written down: made here, or taken in. */
export interface RecordedAuthority extends Pick<
  NewAuthority,
  'id' | 'keyId' | 'certificateId' | 'name' | 'subject' | 'serialNumber' | 'certificate' | 'slug' | 'pair' | 'notBefore' | 'notAfter'
> {
  readonly algorithm: KeyAlgorithm;
  readonly profile: string;
  readonly publishUrl: string | null;
  readonly ocspUrl?: string | null;
  /** The authority whose key its own takes over from. */
  readonly replaces?: string;
  /** Where its key is, and what is known of it there, where that is a token. */
  readonly onToken?: TokenKeyPlace | undefined;
  /** What another authority has issued here already and is now more than that: its key was elsewhere, its certificate may be here. */
  readonly known?: { readonly hasCertificate: boolean; readonly isOutside: boolean } | undefined;
}

export interface TokenKeyPlace {
  readonly place: Omit<TokenKeyRecord, 'keyId'>;
  readonly key: AttestedTokenKey;
}

/** Writes an authority, its key and its certificate within a unit; nothing is sealed of a key on a token. */
export async function recordAuthority(
  parts: RecordAuthorityParts,
  stores: Stores,
  made: RecordedAuthority,
  sealedKey: SealedKeyRecord | null,
  parent: Pick<SigningAuthority, 'id' | 'subject'> | undefined,
  time: string,
): Promise<AuthorityRecord> {
  if (made.known === undefined) await insertKey(parts, stores, made, time);
  else await stores.keys.bringHome(made.keyId, 'vault');
  if (sealedKey !== null) await stores.vault.insertSealedKeys([sealedKey]);
  await recordPlace(stores, made, time);
  if (made.known?.hasCertificate !== true) await insertCertificate(parts, stores, made, parent ?? made, time);
  const record: AuthorityRecord = {
    id: made.id,
    name: made.name,
    parentId: parent?.id ?? null,
    algorithm: made.algorithm,
    keyId: made.keyId,
    certificateId: made.certificateId,
    publishUrl: made.publishUrl,
    slug: made.slug,
    createdAt: time,
    ocspUrl: made.ocspUrl ?? null,
    replaces: made.replaces ?? null,
  };
  if (made.known?.isOutside === true) await stores.authorities.bringInside(record);
  else await stores.authorities.insert(record);
  return record;
}

async function insertKey(parts: RecordAuthorityParts, stores: Stores, made: RecordedAuthority, time: string): Promise<void> {
  const spkiSha256 = parts.sha256Hex(made.pair.subjectPublicKeyInfo);
  const facts = { usage: 'authority', state: 'active', personId: null } as const;
  const store = made.onToken === undefined ? 'vault' : 'token';
  await stores.keys.insert([{ ...facts, store, id: made.keyId, algorithm: made.algorithm, spkiSha256, createdAt: time }]);
}

async function recordPlace(stores: Stores, { keyId, onToken }: RecordedAuthority, time: string): Promise<void> {
  if (onToken === undefined) return;
  await stores.tokens.insertKey({ ...onToken.place, keyId });
  await keepAttestation(stores, keyId, onToken.key, time);
}

async function insertCertificate(
  parts: RecordAuthorityParts,
  stores: Stores,
  made: RecordedAuthority,
  issuer: Pick<SigningAuthority, 'id' | 'subject'>,
  time: string,
): Promise<void> {
  const record = {
    id: made.certificateId,
    sha256: parts.sha256Hex(made.certificate),
    serialNumber: made.serialNumber,
    subject: made.subject,
    issuer: issuer.subject,
    issuerAuthorityId: issuer.id,
    emails: [],
    profile: made.profile,
    notBefore: made.notBefore.toISOString(),
    notAfter: made.notAfter.toISOString(),
    isAuthority: true,
    keyId: made.keyId,
    personId: null,
    isCurrent: true,
    createdAt: time,
  };
  await stores.certificates.insert([record], [made.certificate]);
}
