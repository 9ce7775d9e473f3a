import { hexEncode } from '../domain/encoding/hex.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import type { KeyUsagePurpose } from '../domain/key/usage.ts';
import type { IssuedCertificate } from '../domain/openssl-ca/match-index.ts';
import { mailboxKey } from '../domain/people/mailbox-key.ts';
import { requestedMailboxes } from '../domain/request/request-subject.ts';
import { formatName } from '../domain/x509/name.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import type { Stores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { Random } from '../ports/random.ts';
import type { CertificateRecord } from '../ports/stores/certificates.ts';
import type { KeyRecord } from '../ports/stores/keys.ts';
import { standingOf } from './standing.ts';

/** What was made by no profile of ours. */
export const importedProfile = 'imported';

interface ImportedCertificateParts {
  readonly primitives: Primitives;
  readonly random: Random;
}

interface IssuedElsewhere {
  readonly authority: string;
  readonly issued: readonly IssuedCertificate[];
  readonly time: string;
}

/** Writes them down within a unit, with whose they are by their mailboxes, and what is revoked. Their keys are elsewhere. */
export async function recordIssuedElsewhere(parts: ImportedCertificateParts, stores: Stores, order: IssuedElsewhere): Promise<void> {
  const rows = await rowsOf(parts, stores, order);
  await stores.keys.insert(rows.flatMap(({ newKey }) => newKey ?? []));
  await stores.certificates.insert(
    rows.map(({ record }) => record),
    rows.map(({ der }) => der),
  );
  await stores.certificates.revoke(rows.flatMap(({ record, entry }) => revocationOf(order.authority, record, entry)));
  const people = [...new Set(rows.flatMap(({ record }) => record.personId ?? []))];
  const theirs = Map.groupBy(await stores.certificates.ofPeople(people), ({ personId }) => personId ?? '');
  await stores.people.setStanding(people.map((id) => ({ id, ...standingOf(theirs.get(id) ?? []) })));
}

interface Row {
  readonly record: CertificateRecord;
  readonly der: Uint8Array;
  readonly entry: IssuedCertificate['entry'];
  /** Absent where several certificates are of one key. */
  readonly newKey: KeyRecord | undefined;
}

async function rowsOf(parts: ImportedCertificateParts, stores: Stores, { authority, issued, time }: IssuedElsewhere): Promise<Row[]> {
  const keys = new Map<string, string>();
  const rows: Row[] = [];
  for (const { certificate, entry } of issued) {
    const spkiSha256 = hexEncode(parts.primitives.digest('sha256', certificate.subjectPublicKeyInfo.der));
    const known = keys.get(spkiSha256) ?? (await stores.keys.findBySpki(spkiSha256))?.id;
    const keyId = known ?? parts.random.uuid();
    keys.set(spkiSha256, keyId);
    const emails = requestedMailboxes(certificate);
    const personId = (await stores.people.findByAddresses(emails.map(mailboxKey))).values().next().value?.id ?? null;
    const isCurrent = entry.revocation === undefined && certificate.notAfter.toISOString() > time;
    const facts = { id: parts.random.uuid(), keyId, personId, emails, isCurrent, issuerAuthorityId: authority, createdAt: time };
    const sha256 = hexEncode(parts.primitives.digest('sha256', certificate.der));
    const newKey = known === undefined ? keyRecord(certificate, { id: keyId, personId, spkiSha256, createdAt: time }) : undefined;
    rows.push({ record: certificateRecord(certificate, { ...facts, sha256 }), der: certificate.der, entry, newKey });
  }
  return rows;
}

type CertificateFacts = Pick<
  CertificateRecord,
  'id' | 'sha256' | 'keyId' | 'personId' | 'emails' | 'isCurrent' | 'issuerAuthorityId' | 'createdAt'
>;

const certificateRecord = (certificate: Certificate, facts: CertificateFacts): CertificateRecord => ({
  ...facts,
  serialNumber: certificate.serialNumber,
  subject: formatName(certificate.subject.rdnSequence),
  issuer: formatName(certificate.issuer.rdnSequence),
  profile: importedProfile,
  notBefore: certificate.notBefore.toISOString(),
  notAfter: certificate.notAfter.toISOString(),
  isAuthority: certificate.extensions.basicConstraints?.cA === true,
});

const keyRecord = (certificate: Certificate, facts: Pick<KeyRecord, 'id' | 'personId' | 'spkiSha256' | 'createdAt'>): KeyRecord => ({
  ...facts,
  algorithm: keyAlgorithmOf(certificate.subjectPublicKeyInfo.der) ?? 'other',
  usage: usageOf(certificate),
  state: 'active',
  store: 'elsewhere',
});

/** What keyUsage lets a key do. */
export function usageOf({ extensions: { basicConstraints, keyUsage } }: Certificate): KeyUsagePurpose {
  if (basicConstraints?.cA === true) return 'authority';
  if (keyUsage === undefined) return 'dual';
  const signs = keyUsage.includes('digitalSignature') || keyUsage.includes('nonRepudiation');
  const encrypts = keyUsage.includes('keyEncipherment') || keyUsage.includes('keyAgreement');
  return signs === encrypts ? 'dual' : signs ? 'sign' : 'encrypt';
}

function revocationOf(authorityId: string, { id, serialNumber, notAfter }: CertificateRecord, { revocation }: Row['entry']) {
  if (revocation === undefined) return [];
  const { at, reason, invalidityDate } = revocation;
  return [
    {
      certificateId: id,
      authorityId,
      serialNumber,
      revokedAt: at.toISOString(),
      reason,
      invalidityDate: invalidityDate?.toISOString() ?? null,
      notAfter,
    },
  ];
}
