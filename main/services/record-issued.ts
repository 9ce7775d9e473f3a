import type { IssuedCertificate } from '../ports/issuance.ts';
import type { Stores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { CertificateRecord, CertificateRow } from '../ports/stores/certificates.ts';
import type { KeyRecord } from '../ports/stores/keys.ts';
import { isFromOutside } from './from-outside.ts';
import type { IssuancePlan } from './issuance-plan.ts';
import { standingOf } from './standing.ts';

/** What was made for one person and waits to be written down. */
export interface IssuedToPerson {
  readonly personId: string;
  readonly certificates: readonly IssuedCertificate[];
  /** What they had before, and this may replace. */
  readonly before: readonly CertificateRow[];
  /** What they have besides, and keep as it is. */
  readonly beside?: readonly CertificateRow[];
}

export interface RecordIssuedOrder {
  readonly plan: IssuancePlan;
  readonly issuer: { readonly authority: AuthorityRecord; readonly subject: string };
  readonly issued: readonly IssuedToPerson[];
  readonly time: string;
}

/**
 * Writes down keys, seals and certificates of many people within a unit: an older certificate of the same use is no
 * longer the current one, an older decryption key only opens what it once protected (SP 800-57 Part 1 section 7).
 */
export async function recordIssued(stores: Stores, order: RecordIssuedOrder): Promise<void> {
  const all = order.issued.flatMap(({ personId, certificates }) => certificates.map((certificate) => ({ personId, certificate })));
  const records = all.map(({ personId, certificate }) => certificateRecord(order, personId, certificate));
  await stores.keys.insert(all.map(({ personId, certificate }) => keyRecord(order, personId, certificate)));
  await stores.vault.insertSealedKeys(all.flatMap(({ certificate }) => certificate.sealedKey ?? []));
  await stores.certificates.insert(
    records,
    all.map(({ certificate }) => certificate.der),
  );
  await retireReplaced(stores, order);
  await stores.people.setStanding(order.issued.map((person) => ({ id: person.personId, ...standingAfter(order, person) })));
}

function keyRecord({ time }: RecordIssuedOrder, personId: string, certificate: IssuedCertificate): KeyRecord {
  const { keyId: id, spkiSha256 } = certificate;
  return {
    id,
    algorithm: certificate.algorithm,
    usage: certificate.usage,
    state: 'active',
    store: certificate.sealedKey === null ? 'token' : 'vault',
    personId,
    spkiSha256,
    createdAt: time,
  };
}

function certificateRecord({ issuer, time }: RecordIssuedOrder, personId: string, certificate: IssuedCertificate): CertificateRecord {
  return {
    id: certificate.certificateId,
    sha256: certificate.sha256,
    serialNumber: certificate.serialNumber,
    subject: certificate.subject,
    issuer: issuer.subject,
    issuerAuthorityId: issuer.authority.id,
    emails: certificate.emails,
    profile: certificate.profile,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    isAuthority: false,
    keyId: certificate.keyId,
    personId,
    isCurrent: true,
    createdAt: time,
  };
}

async function retireReplaced(stores: Stores, { plan, issued, time }: RecordIssuedOrder): Promise<void> {
  const replaced = issued.flatMap(({ before }) => before.filter((row) => isReplaced(plan, row)));
  if (replaced.length === 0) return;
  await stores.certificates.supersede(replaced.map(({ id }) => id));
  const decrypting = replaced.filter(({ keyUsage, keyState }) => keyUsage !== 'sign' && keyState === 'active');
  await stores.keys.move(decrypting.map(({ keyId }) => ({ keyId, from: 'active', to: 'deactivated', at: time })));
}

/** A certificate is replaced by what does all that it did: a dual one by a pair or another dual one. One for a key elsewhere stays in use there. */
function isReplaced({ profiles }: IssuancePlan, row: CertificateRow): boolean {
  const covers = (use: 'sign' | 'encrypt') => profiles.some(({ usage }) => usage === use || usage === 'dual');
  const isPersons = row.keyUsage !== 'authority' && row.keyUsage !== 'revocation';
  if (!row.isCurrent || !isPersons || row.keyStore === 'elsewhere' || isFromOutside(row)) return false;
  return row.keyUsage === 'dual' ? covers('sign') && covers('encrypt') : covers(row.keyUsage);
}

function standingAfter(order: RecordIssuedOrder, { certificates, before, beside = [] }: IssuedToPerson): ReturnType<typeof standingOf> {
  const kept = before.filter((row) => !isReplaced(order.plan, row));
  const added = certificates.map((certificate) => ({
    isCurrent: true,
    keyUsage: certificate.usage,
    notAfter: certificate.notAfter.toISOString(),
    revocation: null,
  }));
  return standingOf([...beside, ...kept, ...added]);
}
