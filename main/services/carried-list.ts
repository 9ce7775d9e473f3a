import type { FileContent } from '../contract/secret.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import { signatureScheme } from '../domain/x509/algorithm-identifier.ts';
import { extensionOid } from '../domain/x509/oid.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import {
  readCertificateList,
  revokedCertificates,
  type CertificateList,
  type RevokedCertificate,
} from '../domain/x509/read-certificate-list.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import type { CertificateRow, RevocationRecord } from '../ports/stores/certificates.ts';
import type { Commit } from './handler.ts';
import { authorityCertificate } from './issuers.ts';
import { storeList } from './list-file.ts';
import { carriedPoint } from './list-point.ts';
import { retireKeys, updateStandings } from './revocation.ts';
import { ofSameName } from './same-name.ts';

export interface CarriedListParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly primitives: Primitives;
}

interface AddedList {
  readonly number: number;
  readonly nextUpdate: string;
  readonly revoked: readonly string[];
}

/**
 * Takes in a list that an authority's key signed where it is kept. What it names and is not revoked here is revoked from now on; one that
 * leaves out what is revoked here is refused: published, it would make that good again.
 * @throws AppError input.malformed-der, input.empty, input.too-large; input.wrong-list
 */
export async function addCarriedList(parts: CarriedListParts, authority: AuthorityRecord, file: FileContent): Promise<Commit<AddedList>> {
  const stores = parts.read();
  const list = onlyList(file);
  requireSignedBy(parts, list, readCertificate(await authorityCertificate(stores, authority)));
  const { number, nextUpdate, point } = requireCurrent(authority, list, parts.clock.now());
  const entries = new Map([...revokedCertificates(list)].map((entry) => [entry.serialNumber, entry]));
  if ([...entries.values()].some(({ hasUnknownCritical }) => hasUnknownCritical)) throw wrong('an entry that is not understood');
  return async (written, { time }) => {
    await requireNewer(written, authority, number);
    const fresh = await newlyRevoked(written, authority, entries);
    await written.certificates.revoke(fresh.map(({ row, entry }) => revocationOf(row, entry)));
    await requireNothingLeftOut(written, authority, entries, time);
    for (const { row, entry } of fresh) await retireKeys(written, [row], entry.reasonCode ?? 'unspecified', time);
    await updateStandings(
      written,
      fresh.map(({ row }) => row),
    );
    const times = { thisUpdate: list.thisUpdate.toISOString(), nextUpdate: nextUpdate.toISOString() };
    const record = { authorityId: authority.id, number, ...times, entries: entries.size, publishedAt: null, base: null, point };
    await storeList(written, record, list.der);
    const revoked = fresh.map(({ row }) => row.id);
    const pushes = revoked.length === 0 ? {} : { pushes: [{ name: 'certificates.changed', payload: { certificates: revoked } } as const] };
    return {
      value: { number, nextUpdate: times.nextUpdate, revoked },
      subject: { number, nextUpdate: times.nextUpdate, certificates: revoked },
      ...pushes,
    };
  };
}

function onlyList(file: FileContent): CertificateList {
  const [first] = readEncodedObjects(file.bytes);
  if (first === undefined) throw new AppError('input.empty', 'There is no list of revoked certificates in this file.', { field: 'list' });
  return readCertificateList(first.der);
}

function requireSignedBy({ primitives }: CarriedListParts, list: CertificateList, issuer: Certificate): void {
  if (compareOctets(list.issuer.der, issuer.subject.der) !== 0) throw wrong('it is another authority’s');
  const scheme = signatureScheme(list.signatureAlgorithm);
  const isSigned =
    scheme !== undefined &&
    list.isSignatureAlgorithmRepeated &&
    list.signatureValue.unusedBits === 0 &&
    primitives.verify(issuer.subjectPublicKeyInfo.der, scheme, list.tbsCertList, list.signatureValue.bytes);
  if (!isSigned) throw wrong('it does not carry the signature of this key');
}

/** A full list of the whole authority, in force now. */
function requireCurrent(authority: AuthorityRecord, list: CertificateList, now: Date) {
  const { extensions, rawExtensions, thisUpdate, nextUpdate } = list;
  const { cRLNumber, deltaCRLIndicator, issuingDistributionPoint } = extensions;
  const point = carriedPoint(authority, issuingDistributionPoint);
  if (deltaCRLIndicator !== undefined || point === undefined) throw wrong('it is not a full list');
  if (rawExtensions.some(({ oid, isCritical }) => isCritical && oid !== extensionOid.issuingDistributionPoint))
    throw wrong('it says something critical that is not understood');
  if (thisUpdate > now) throw wrong('it is from the future');
  if (nextUpdate === undefined || nextUpdate <= now) throw wrong('it has run out');
  const number = cRLNumber === undefined ? Number.NaN : Number.parseInt(cRLNumber, 16);
  if (!Number.isSafeInteger(number)) throw wrong('it has no number');
  return { number, nextUpdate, point };
}

async function requireNewer(stores: ReadStores, authority: AuthorityRecord, number: number): Promise<void> {
  for (const { id } of await ofSameName(stores, authority.id)) {
    const [full, delta] = [await stores.authorities.latestList(id), await stores.authorities.latestDelta(id)];
    const latest = Math.max(full?.number ?? 0, delta?.number ?? 0);
    if (number <= latest) throw wrong(`list ${latest} is newer`);
  }
}

async function requireNothingLeftOut(
  stores: ReadStores,
  authority: AuthorityRecord,
  entries: ReadonlyMap<string, RevokedCertificate>,
  time: string,
): Promise<void> {
  for (const { id } of await ofSameName(stores, authority.id)) {
    const { revoked } = await stores.certificates.changesSince(id, '');
    const left = revoked.filter(({ serialNumber, notAfter }) => notAfter > time && !entries.has(serialNumber));
    if (left.length > 0) throw wrong(`it leaves out ${left.length} that are revoked here; revoke them where the key is`);
  }
}

interface Newly {
  readonly row: CertificateRow;
  readonly entry: RevokedCertificate;
}

/** What was issued elsewhere under this name is not known here, and needs no record. */
async function newlyRevoked(
  stores: ReadStores,
  authority: AuthorityRecord,
  entries: ReadonlyMap<string, RevokedCertificate>,
): Promise<readonly Newly[]> {
  const found: Newly[] = [];
  for (const { id } of await ofSameName(stores, authority.id)) {
    for (const { serialNumber, revocation } of await stores.certificates.statusesOf(id, [...entries.keys()])) {
      const entry = entries.get(serialNumber);
      if (revocation !== null || entry === undefined) continue;
      const row = (await stores.certificates.findByPrefix(serialNumber)).find(
        (one) => one.issuerAuthorityId === id && one.serialNumber === serialNumber,
      );
      if (row !== undefined) found.push({ row, entry });
    }
  }
  return found;
}

const revocationOf = (
  row: CertificateRow,
  { revocationDate, reasonCode = 'unspecified', invalidityDate }: RevokedCertificate,
): RevocationRecord => ({
  certificateId: row.id,
  authorityId: row.issuerAuthorityId,
  serialNumber: row.serialNumber,
  revokedAt: revocationDate.toISOString(),
  reason: reasonCode,
  invalidityDate: invalidityDate?.toISOString() ?? null,
  notAfter: row.notAfter,
});

const wrong = (reason: string): AppError =>
  new AppError('input.wrong-list', `This list of revoked certificates cannot be taken in: ${reason}.`, { reason });
