import type { AuthoritySummary } from '../../../main/contract/authorities.ts';

/** An authority with those it vouches for. */
export interface AuthorityNode {
  readonly authority: AuthoritySummary;
  readonly below: readonly AuthorityNode[];
}

/** The authorities as trees: each root with those below it. One whose parent is not among them stands at the top. */
export function authorityTree(authorities: readonly AuthoritySummary[]): readonly AuthorityNode[] {
  const ids = new Set(authorities.map(({ id }) => id));
  const under = (parent: AuthoritySummary): readonly AuthorityNode[] =>
    authorities.filter(({ parentId }) => parentId === parent.id).map((authority) => ({ authority, below: under(authority) }));
  return authorities
    .filter(({ parentId }) => parentId === null || !ids.has(parentId))
    .map((authority) => ({ authority, below: under(authority) }));
}
