import { createHash, randomUUID } from 'node:crypto';
import { encodeLeaf } from '../../main/domain/audit/leaf.ts';
import type { AuditEntry } from '../../main/domain/audit/entry.ts';
import type { Database, Stores } from '../../main/ports/database.ts';
import type { CheckpointRecord, LeafRecord } from '../../main/ports/stores/audit-log.ts';
import type { AuthorityRecord, CertificateListRecord } from '../../main/ports/stores/authorities.ts';
import type { CertificateRecord, RevocationRecord } from '../../main/ports/stores/certificates.ts';
import type { JobRecord } from '../../main/ports/stores/jobs.ts';
import type { KeyRecord } from '../../main/ports/stores/keys.ts';
import type { OpenPgpRecord } from '../../main/ports/stores/openpgp.ts';
import type { OperatorRecord } from '../../main/ports/stores/operators.ts';
import type { MailboxRecord, PersonRecord } from '../../main/ports/stores/people.ts';
import type { SealedKeyRecord, FreshSealingKey } from '../../main/ports/stores/vault.ts';

/** Records for tests of whatever stands on the database: whole, of real size, and different each time. */
export const someInstant = '2026-03-01T09:00:00.000Z';

let last = 0;

/** A UUID of version 7 whose order is that of the calls. */
export function newId(): string {
  last += 1;
  const count = last.toString(16).padStart(12, '0');
  return `${count.slice(0, 8)}-${count.slice(8)}-7${randomUUID().slice(15)}`;
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
export const octets = (length: number, seed = 1): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 31 + seed * 17) & 0xff);

export function personOf(more: Partial<PersonRecord> = {}): PersonRecord {
  return {
    id: newId(),
    name: 'Dr. Adaeze Okafor',
    givenName: 'Adaeze',
    surname: 'Okafor',
    department: 'Cardiology',
    role: 'Physician',
    staffNumber: null,
    language: null,
    status: 'active',
    createdAt: someInstant,
    leftAt: null,
    ...more,
  };
}

export const mailboxOf = (personId: string, address: string, position = 0): MailboxRecord => ({
  personId,
  address,
  normalized: address,
  position,
});

export const operatorOf = (more: Partial<OperatorRecord> = {}): OperatorRecord => ({
  id: newId(),
  name: 'Nadia Rahman',
  role: 'administrator',
  publicKey: octets(32),
  createdAt: someInstant,
  lastSignInAt: null,
  removedAt: null,
  personId: null,
  ...more,
});

export function keyOf(more: Partial<KeyRecord> = {}): KeyRecord {
  const id = newId();
  return {
    id,
    algorithm: 'p256',
    usage: 'sign',
    state: 'active',
    store: 'vault',
    personId: null,
    spkiSha256: sha256Hex(id),
    createdAt: someInstant,
    ...more,
  };
}

export function certificateOf(
  more: Partial<CertificateRecord> & Pick<CertificateRecord, 'keyId' | 'issuerAuthorityId'>,
): CertificateRecord {
  const id = newId();
  return {
    id,
    sha256: sha256Hex(id),
    serialNumber: sha256Hex(`serial ${id}`).slice(0, 32),
    subject: 'CN=Adaeze Okafor,O=Ridgeway Practice',
    issuer: 'CN=Ridgeway Issuing CA,O=Ridgeway Practice',
    emails: ['a.okafor@ridgeway.example'],
    profile: 'smime-mailbox-multipurpose-sign',
    notBefore: someInstant,
    notAfter: '2028-03-01T09:00:00.000Z',
    isAuthority: false,
    personId: null,
    isCurrent: true,
    createdAt: someInstant,
    ...more,
  };
}

export const revocationOf = (certificate: CertificateRecord, more: Partial<RevocationRecord> = {}): RevocationRecord => ({
  certificateId: certificate.id,
  authorityId: certificate.issuerAuthorityId,
  serialNumber: certificate.serialNumber,
  revokedAt: '2026-06-01T12:00:00.000Z',
  reason: 'keyCompromise',
  invalidityDate: null,
  notAfter: certificate.notAfter,
  ...more,
});

export function openPgpOf(
  more: Partial<OpenPgpRecord> & Pick<OpenPgpRecord, 'personId' | 'primaryKeyId' | 'subkeyId' | 'revocationId'>,
): OpenPgpRecord {
  const id = newId();
  return {
    id,
    algorithm: 'curve25519',
    fingerprint: sha256Hex(id).slice(0, 40),
    subkeyFingerprint: sha256Hex(`subkey ${id}`).slice(0, 40),
    userIds: ['Dr. Adaeze Okafor <a.okafor@ridgeway.example>'],
    createdAt: someInstant,
    expiresAt: '2028-03-01T09:00:00.000Z',
    isCurrent: true,
    revokedAt: null,
    ...more,
  };
}

export const listOf = (authorityId: string, number: number, thisUpdate: string): CertificateListRecord => ({
  authorityId,
  number,
  thisUpdate,
  nextUpdate: '2027-01-01T00:00:00.000Z',
  entries: 0,
  publishedAt: null,
  base: null,
  point: null,
});

export const jobOf = (operatorId: string, more: Partial<JobRecord> = {}): JobRecord => ({
  id: newId(),
  kind: 'enrollment',
  state: 'running',
  operatorId,
  request: '{}',
  total: 0,
  done: 0,
  skipped: 0,
  failed: 0,
  createdAt: someInstant,
  endedAt: null,
  ...more,
});

export const sealingKeyOf = (compartment: FreshSealingKey['compartment'] = 'people'): FreshSealingKey => ({
  id: newId(),
  compartment,
  enc: octets(32),
  ciphertext: octets(48),
  sealedFor: octets(32),
});

export const sealedKeyOf = (keyId: string, sealingKeyIds: readonly string[]): SealedKeyRecord => ({
  keyId,
  sealed: octets(170),
  wraps: sealingKeyIds.map((sealingKeyId, at) => ({ sealingKeyId, wrapped: octets(60, at) })),
});

function entryOf(more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    version: 1,
    time: someInstant,
    action: 'enrollment.issue',
    subject: {},
    outcome: 'success',
    origin: { host: 'core', machine: 'reception', version: '0.1.0' },
    ...more,
  };
}

export function leafOf(index: number, entry: Partial<AuditEntry> = {}): LeafRecord {
  const leaf = encodeLeaf(entryOf(entry));
  return { index, leaf, leafHash: createHash('sha256').update('\0').update(leaf).digest() };
}

export const checkpointOf = (size: number, more: Partial<CheckpointRecord> = {}): CheckpointRecord => ({
  size,
  root: octets(32, size),
  edge: octets(64, size),
  note: null,
  time: someInstant,
  ...more,
});

export interface PracticeRecords {
  readonly operator: OperatorRecord;
  readonly authority: AuthorityRecord;
  readonly authorityCertificate: CertificateRecord;
  readonly sealingKey: FreshSealingKey;
}

/** What every practice has before its first person: an operator, the compartments, an authority with its key and certificate. */
export async function insertPractice(database: Database): Promise<PracticeRecords> {
  const records = practiceRecords();
  await database.unit((stores) => insertPracticeInto(stores, records));
  return records;
}

function practiceRecords(): PracticeRecords & { readonly key: KeyRecord } {
  const key = keyOf({ usage: 'authority', algorithm: 'p384' });
  const id = newId();
  const authorityCertificate = certificateOf({
    keyId: key.id,
    issuerAuthorityId: id,
    isAuthority: true,
    subject: 'CN=Ridgeway Root CA',
    emails: [],
  });
  const authority: AuthorityRecord = {
    id,
    name: 'Ridgeway Root CA',
    parentId: null,
    algorithm: 'p384',
    keyId: key.id,
    certificateId: authorityCertificate.id,
    publishUrl: null,
    slug: `ridgeway-root-${id.slice(0, 8)}`,
    ocspUrl: null,
    replaces: null,
    createdAt: someInstant,
  };
  return { operator: operatorOf(), authority, authorityCertificate, sealingKey: sealingKeyOf(), key };
}

async function insertPracticeInto(stores: Stores, records: PracticeRecords & { readonly key: KeyRecord }): Promise<void> {
  await stores.operators.insert(records.operator);
  await stores.vault.insertCompartments([
    { compartment: 'people', publicKey: octets(32) },
    { compartment: 'escrow', publicKey: octets(32) },
  ]);
  await stores.vault.insertSealingKeys([records.sealingKey]);
  await stores.authorities.insert(records.authority);
  await stores.keys.insert([records.key]);
  await stores.certificates.insert([records.authorityCertificate], [octets(600)]);
}

/** Certificates of one authority that were issued and revoked, in bulk; in the order a list names them. */
export async function recordRevoked(
  database: Database,
  authorityId: string,
  count: number,
  more: Partial<RevocationRecord> = {},
): Promise<RevocationRecord[]> {
  const revoked: RevocationRecord[] = [];
  for (let from = 0; from < count; from += 5000) {
    const keys = Array.from({ length: Math.min(5000, count - from) }, () => keyOf());
    const certificates = keys.map(({ id }, at) =>
      certificateOf({ keyId: id, issuerAuthorityId: authorityId, serialNumber: serialNumberOf(from + at) }),
    );
    const some = certificates.map((certificate) => revocationOf(certificate, more));
    await database.unit(async (stores) => {
      await stores.keys.insert(keys);
      await stores.certificates.insert(
        certificates,
        keys.map(() => octets(8)),
      );
      await stores.certificates.revoke(some.toReversed());
    });
    revoked.push(...some);
  }
  return revoked;
}

/** 20 octets that sort as they were counted. */
const serialNumberOf = (count: number): string => (0x40000000 + count).toString(16) + sha256Hex(String(count)).slice(0, 32);
