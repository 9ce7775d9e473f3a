import { signatureAlgorithmOf } from '../domain/key/algorithm.ts';
import { encodeTbsCertificateList, type RevokedCertificate } from '../domain/x509/certificate-list.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { encodeCertificate } from '../domain/x509/tbs-certificate.ts';
import { AppError } from '../domain/errors.ts';
import type { Stores } from '../ports/database.ts';
import type { Sign } from '../ports/key-pairs.ts';
import type { AuthorityRecord, CertificateListRecord } from '../ports/stores/authorities.ts';
import type { RevocationRecord } from '../ports/stores/certificates.ts';

const day = 86_400_000;

/** Days a list of an issuing authority is good for: S/MIME BR section 4.9.7 allows ten and asks for a new one every seven. */
const issuingListDays = 10;
/** The same for an authority that certifies authorities only: twelve months at most. */
const rootListDays = 180;

/** Days after which a list is to be made anew (the same section): long before it ends, so that nobody is ever without one. */
const issuingListAge = 7;
const rootListAge = 90;

/** Whether an authority's newest list, if there is one, is to be replaced by now. */
export function isListDue(
  { parentId }: AuthorityRecord,
  latest: Pick<CertificateListRecord, 'thisUpdate'> | undefined,
  now: Date,
): boolean {
  const age = (parentId === null ? rootListAge : issuingListAge) * day;
  return latest === undefined || now.getTime() - Date.parse(latest.thisUpdate) >= age;
}

/** An authority whose key is open, ready to sign inside a unit. */
export interface OpenIssuer {
  readonly authority: AuthorityRecord;
  /** Its certificate, DER. */
  readonly certificate: Uint8Array;
  readonly sign: Sign;
}

/**
 * Makes and stores an authority's next list of revoked certificates (RFC 5280 section 5) within a unit: a full list,
 * its number one above the last, its time that of the unit.
 */
export async function issueCertificateList(stores: Stores, issuer: OpenIssuer, time: string): Promise<CertificateListRecord> {
  const { authority } = issuer;
  const [revocations, latest] = [
    await stores.certificates.revocations(authority.id, time),
    await stores.authorities.latestList(authority.id),
  ];
  const thisUpdate = new Date(time);
  const nextUpdate = new Date(thisUpdate.getTime() + (authority.parentId === null ? rootListDays : issuingListDays) * day);
  const list: CertificateListRecord = {
    authorityId: authority.id,
    number: (latest?.number ?? 0) + 1,
    thisUpdate: thisUpdate.toISOString(),
    nextUpdate: nextUpdate.toISOString(),
    entries: revocations.length,
    der: encodeList(issuer, revocations, { thisUpdate, nextUpdate, number: (latest?.number ?? 0) + 1 }),
  };
  await stores.authorities.insertList(list);
  return list;
}

function encodeList(
  issuer: OpenIssuer,
  revocations: readonly RevocationRecord[],
  at: { readonly thisUpdate: Date; readonly nextUpdate: Date; readonly number: number },
): Uint8Array {
  const { algorithmIdentifier } = signatureAlgorithmOf(issuer.authority.algorithm);
  const { subject, extensions } = readCertificate(issuer.certificate);
  const authorityKeyIdentifier = extensions.subjectKeyIdentifier;
  if (authorityKeyIdentifier === undefined) throw new AppError('internal', 'an authority without a key identifier');
  const toBeSigned = encodeTbsCertificateList({
    ...at,
    issuer: subject.der,
    authorityKeyIdentifier,
    entries: revocations.map(entryOf),
    signatureAlgorithm: algorithmIdentifier,
  });
  return encodeCertificate(toBeSigned, algorithmIdentifier, issuer.sign(toBeSigned));
}

const entryOf = (revocation: RevocationRecord): RevokedCertificate => ({
  serialNumberHex: revocation.serialNumber,
  revocationTime: new Date(revocation.revokedAt),
  reason: revocation.reason,
  ...(revocation.invalidityDate === null ? {} : { invalidityDate: new Date(revocation.invalidityDate) }),
});
