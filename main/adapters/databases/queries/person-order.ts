import { sql, type SqlBool } from 'kysely';
import type { PeopleFilter, PeopleQuery, PeopleSort, Standing } from '../../../ports/stores/people.ts';
import type { Condition, KeysetList } from '../keyset-list.ts';
import { sortKey } from '../search-text.ts';
import type { PeopleSearch } from './people-search.ts';

const standings: readonly Standing[] = ['stopped', 'none', 'covered'];
/** Sorts after every instant. */
const never = '~';

export const endsKey = (endsAt: string | null): string => endsAt ?? never;

/** Puts whoever needs somebody most at the top: the stopped, then those without certificates, then the covered by what ends first. */
export const needOf = (standing: Standing): number => standings.indexOf(standing);

export const nameKey = (name: string): string => sortKey(name);

/** Those without a department come last. */
export const departmentKey = (department: string | null): string => (department === null ? '1' : `0${sortKey(department)}`);

const orders: Readonly<Record<PeopleSort, readonly string[]>> = {
  need: ['need', 'endsKey', 'nameKey', 'id'],
  name: ['nameKey', 'id'],
  department: ['departmentKey', 'nameKey', 'id'],
  ends: ['endsKey', 'nameKey', 'id'],
};

/** The list a query asks for. */
export function peopleList(query: PeopleQuery, search: PeopleSearch): KeysetList {
  const { filter, sort, descending = false, endingBefore } = query;
  const branches = branchesOf(filter, endingBefore).map((conditions) => [...conditions, ...search.named]);
  const isSplit = sort === 'ends' && !isByNeed(filter);
  return {
    name: `people/${sort}`,
    table: 'person',
    order: orders[sort],
    descending,
    branches: isSplit ? branches.flatMap(splitByNeed) : branches,
    isSorted: search.named.length > 0 || (isByNeed(filter) && (sort === 'name' || sort === 'department')),
    search: search.tried,
  };
}

/** A filter as conditions on ranges of the index by need, which do not overlap. */
export function branchesOf(filter: PeopleFilter, endingBefore: string): readonly (readonly Condition[])[] {
  const soon = sql<SqlBool>`${sql.ref('endsKey')} < ${endingBefore}`;
  switch (filter) {
    case 'everyone':
      return [[statusIs('active')]];
    case 'left':
      return [[statusIs('left')]];
    case 'uncovered':
      return [[statusIs('active'), standingIs('none')]];
    case 'ending':
      return standings.map((standing) => [statusIs('active'), standingIs(standing), soon]);
    case 'attention':
      return [
        [statusIs('active'), standingIs('stopped')],
        ...(['none', 'covered'] as const).map((standing) => [statusIs('active'), standingIs(standing), soon]),
      ];
  }
}

const isByNeed = (filter: PeopleFilter): boolean => filter !== 'everyone' && filter !== 'left';

const splitByNeed = (conditions: readonly Condition[]): Condition[][] => standings.map((standing) => [...conditions, standingIs(standing)]);

const statusIs = (status: 'active' | 'left'): Condition => sql<SqlBool>`${sql.ref('status')} = ${status}`;
const standingIs = (standing: Standing): Condition => sql<SqlBool>`${sql.ref('need')} = ${needOf(standing)}`;
