import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';

/**
 * The authorities that are one to the world: the keys of one name, by rollover. What one of them has revoked all of them list, because a
 * list speaks for its issuer's name, whatever key signs it (RFC 5280 section 5).
 */
export async function ofSameName(stores: ReadStores, id: string): Promise<readonly AuthorityRecord[]> {
  const all = await stores.authorities.list();
  const found = new Set([id]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { id: own, replaces } of all) if (replaces !== null && (found.has(own) || found.has(replaces))) found.add(own).add(replaces);
  }
  return all.filter((authority) => found.has(authority.id));
}
