import { signatureAlgorithmOf } from '../domain/key/algorithm.ts';
import { CertificateListAssembly } from '../domain/x509/certificate-list.ts';
import { readCertificate } from '../domain/x509/read-certificate.ts';
import { AppError } from '../domain/errors.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
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

/** Whether a list leaves the practice with the call that makes it. From then on others may rely on it until it runs out. */
export type ListUse = 'kept' | 'handed-out';

/**
 * When everybody knows who asks for a new list as late as they may: the lists others were given have run out by then.
 * Null while one of these authorities never gave one.
 */
export async function knownByOf(stores: ReadStores, authorities: readonly string[]): Promise<string | null> {
  const published = await Promise.all(authorities.map((id) => stores.authorities.latestPublished(id)));
  if (published.includes(undefined)) return null;
  const ends = published.flatMap((list) => list?.nextUpdate ?? []);
  return ends.toSorted().at(-1) ?? null;
}

/**
 * Makes and stores an authority's next list of revoked certificates (RFC 5280 section 5) within a unit: a full list,
 * its number one above the last, its time that of the unit. Of any size: everything else has its turn meanwhile.
 */
export async function issueCertificateList(stores: Stores, issuer: OpenIssuer, time: string, use: ListUse): Promise<NewCertificateList> {
  const { authority } = issuer;
  await stores.certificates.dropEnded(authority.id, time);
  const latest = await stores.authorities.latestList(authority.id);
  const { entries, octets } = await stores.certificates.listEntriesSize(authority.id);
  const thisUpdate = new Date(time);
  const nextUpdate = new Date(thisUpdate.getTime() + (authority.parentId === null ? rootListDays : issuingListDays) * day);
  const number = (latest?.number ?? 0) + 1;
  const assembly = new CertificateListAssembly({ thisUpdate, nextUpdate, number, ...fieldsOf(issuer) }, octets);
  for await (const some of stores.certificates.listEntries(authority.id)) assembly.add(some);
  const der = assembly.finish(await issuer.sign.inTurns(assembly.toBeSigned()));
  const list = {
    authorityId: authority.id,
    number,
    thisUpdate: thisUpdate.toISOString(),
    nextUpdate: nextUpdate.toISOString(),
    entries,
    publishedAt: use === 'handed-out' ? thisUpdate.toISOString() : null,
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
