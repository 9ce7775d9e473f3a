import { signatureAlgorithmOf } from '../domain/key/algorithm.ts';
import { CertificateListAssembly } from '../domain/x509/certificate-list.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { AppError } from '../domain/errors.ts';
import type { Stores } from '../ports/database.ts';
import type { Sign } from '../ports/key-pairs.ts';
import type { AuthorityRecord, CertificateListRecord, NewCertificateList } from '../ports/stores/authorities.ts';

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
 * its number one above the last, and no less than `leastNumber` where lists were made elsewhere before; its time that of the unit. Of any size: everything else has its turn meanwhile.
 */
export async function issueCertificateList(stores: Stores, issuer: OpenIssuer, time: string, leastNumber = 1): Promise<NewCertificateList> {
  const { authority } = issuer;
  await stores.certificates.dropEnded(authority.id, time);
  const latest = await stores.authorities.latestList(authority.id);
  const { entries, octets } = await stores.certificates.listEntriesSize(authority.id);
  const thisUpdate = new Date(time);
  const nextUpdate = new Date(thisUpdate.getTime() + (authority.parentId === null ? rootListDays : issuingListDays) * day);
  const number = Math.max((latest?.number ?? 0) + 1, leastNumber);
  const assembly = new CertificateListAssembly({ thisUpdate, nextUpdate, number, ...fieldsOf(issuer) }, octets);
  for await (const some of stores.certificates.listEntries(authority.id)) assembly.add(some);
  const der = assembly.finish(await issuer.sign.inTurns(assembly.toBeSigned()));
  const list = {
    authorityId: authority.id,
    number,
    thisUpdate: thisUpdate.toISOString(),
    nextUpdate: nextUpdate.toISOString(),
    entries,
    publishedAt: null,
    der,
  };
  await stores.authorities.insertList(list);
  return list;
}

/** What every list of an authority says alike. */
function fieldsOf({ authority, certificate }: OpenIssuer) {
  const { algorithmIdentifier } = signatureAlgorithmOf(authority.algorithm);
  const { subject, extensions } = readCertificate(certificate);
  const authorityKeyIdentifier = extensions.subjectKeyIdentifier;
  if (authorityKeyIdentifier === undefined) throw new AppError('internal', 'an authority without a key identifier');
  return { issuer: subject.der, authorityKeyIdentifier, signatureAlgorithm: algorithmIdentifier };
}
