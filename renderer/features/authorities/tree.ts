import type { AuthoritySummary } from '../../../main/contract/authorities.ts';

/** An authority with those it vouches for: the newest of its keys, and whoever any of them has signed. */
export interface AuthorityNode {
  readonly authority: AuthoritySummary;
  /** The keys of the same name that it took over from, the latest first. */
  readonly earlier: readonly AuthoritySummary[];
  readonly below: readonly AuthorityNode[];
}

type Keys = readonly Pick<AuthoritySummary, 'id' | 'replaces'>[];

/** Whether a newer key of the same name has taken over: then it issues nothing any more. */
export const isFollowed = (authorities: Keys, id: string): boolean => authorities.some(({ replaces }) => replaces === id);

function newestOf(authorities: Keys, id: string): string {
  const newer = authorities.find(({ replaces }) => replaces === id);
  return newer === undefined ? id : newestOf(authorities, newer.id);
}

/** The newest key of an authority's name. */
export const newestKey = (authorities: readonly AuthoritySummary[], id: string | null): AuthoritySummary | undefined =>
  id === null ? undefined : authorities.find((authority) => authority.id === newestOf(authorities, id));

function earlierThan(authorities: readonly AuthoritySummary[], { replaces }: AuthoritySummary): readonly AuthoritySummary[] {
  const before = authorities.find(({ id }) => id === replaces);
  return before === undefined ? [] : [before, ...earlierThan(authorities, before)];
}

/**
 * The authorities as trees: each root with those below it. The keys of one name stand in one place, because they are one to the world. One
 * whose parent is not among them stands at the top.
 */
export function authorityTree(authorities: readonly AuthoritySummary[]): readonly AuthorityNode[] {
  const ids = new Set(authorities.map(({ id }) => id));
  const newest = authorities.filter(({ id }) => !isFollowed(authorities, id));
  const isBelow = ({ parentId }: AuthoritySummary, parent: string) => parentId !== null && newestOf(authorities, parentId) === parent;
  const nodeOf = (authority: AuthoritySummary): AuthorityNode => ({
    authority,
    earlier: earlierThan(authorities, authority),
    below: newest.filter((other) => isBelow(other, authority.id)).map(nodeOf),
  });
  return newest.filter(({ parentId }) => parentId === null || !ids.has(parentId)).map(nodeOf);
}
