import { readCertificate } from '../domain/x509/read-certificate.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord, CertificateListRecord } from '../ports/stores/authorities.ts';
import { ofSameName } from './same-name.ts';

const day = 86_400_000;

/** How long an authority's lists of revoked certificates are good for, and how old one may grow. */
export interface ListPeriod {
  /** Days from thisUpdate to nextUpdate. */
  readonly days: number;
  /** Days after which the next one is made: long before the end, so that nobody is ever without one. */
  readonly renewedAfter: number;
}

/** Where anybody but an authority is certified: S/MIME BR section 4.9.7 allows ten days and asks for a new list every seven. */
const ofSubscribers: ListPeriod = { days: 10, renewedAfter: 7 };
/** The same section, where authorities only are certified: twelve months at most. */
const ofAuthorities: ListPeriod = { days: 180, renewedAfter: 90 };

/**
 * By what an authority does, not by where it stands: a root that has itself certified people, as those of one level do, owes
 * them the short period, and one in the middle of a hierarchy may have the long one. All keys of one name share it: each lists what any of
 * them has revoked.
 */
export async function listPeriodOf(stores: ReadStores, authority: AuthorityRecord): Promise<ListPeriod> {
  for (const key of await ofSameName(stores, authority.id))
    if ((await stores.certificates.hasSubscribers(key.id)) || (await isForSubscribers(stores, key))) return ofSubscribers;
  return ofAuthorities;
}

/** Before its first certificate: whether it was chosen to issue to people, or may certify nobody else. */
async function isForSubscribers(stores: ReadStores, authority: AuthorityRecord): Promise<boolean> {
  const der = await stores.certificates.der(authority.certificateId);
  if (der !== undefined && readCertificate(der).extensions.basicConstraints?.pathLenConstraint === 0) return true;
  return (await stores.settings.get('issuing-authority')) === authority.id;
}

/**
 * Whether an authority's newest list, if there is one, is to be replaced by now: it has grown old, or it promises more than the
 * authority may since it began to certify people.
 */
export function isListDue(
  { days, renewedAfter }: ListPeriod,
  latest: Pick<CertificateListRecord, 'thisUpdate' | 'nextUpdate'> | undefined,
  now: Date,
): boolean {
  if (latest === undefined) return true;
  const made = Date.parse(latest.thisUpdate);
  return now.getTime() - made >= renewedAfter * day || Date.parse(latest.nextUpdate) - made > days * day;
}

/** The end of a list that is made now. */
export const nextUpdateOf = ({ days }: ListPeriod, thisUpdate: Date): Date => new Date(thisUpdate.getTime() + days * day);
