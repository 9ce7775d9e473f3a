import type { IssuingDistributionPoint } from '../domain/x509/read-crl-extension.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import { readPolicies } from './policies.ts';

/** Where an authority's full list is to be found, as certificates name it. */
const addressOf = ({ publishUrl, slug }: Pick<AuthorityRecord, 'publishUrl' | 'slug'>): string | null =>
  publishUrl === null ? null : `${publishUrl}/${slug}.crl`;

/**
 * The address the next full list says it is for, where the practice wants that (RFC 5280 section 5.2.5). Never of an authority whose
 * certificates were issued elsewhere before: such a list would stand for none that names another address, or none.
 */
export async function listPointOf(stores: ReadStores, authority: AuthorityRecord): Promise<string | null> {
  const { listsNamePoint } = await readPolicies(stores);
  if (!listsNamePoint || (await stores.certificates.issuedElsewhere(authority.id))) return null;
  return addressOf(authority);
}

/**
 * What a list that was made elsewhere says it is for: null where it says nothing, undefined where it says another address than the one
 * certificates name here, or is about some of them only.
 */
export function carriedPoint(authority: AuthorityRecord, said: IssuingDistributionPoint | undefined): string | null | undefined {
  if (said === undefined) return null;
  const { distributionPoint, onlySomeReasons } = said;
  const isPartial = said.onlyContainsUserCerts || said.onlyContainsCACerts || said.onlyContainsAttributeCerts || said.indirectCRL;
  if (isPartial || onlySomeReasons !== undefined || distributionPoint === undefined || !('fullName' in distributionPoint)) return undefined;
  const [name, ...more] = distributionPoint.fullName;
  const address = addressOf(authority);
  return more.length === 0 && name?.form === 'uniformResourceIdentifier' && name.value === address ? address : undefined;
}
