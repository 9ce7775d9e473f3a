import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { PeopleFilter, PeopleQuery, PeopleSort, Standing } from '../../../ports/stores/people.ts';
import { withoutIndex, type Condition, type KeysetList } from '../keyset-list.ts';
import { sortKey } from '../search-text.ts';
import type { PeopleSearch } from './people-search.ts';

const standings: readonly Standing[] = ['stopped', 'held', 'none', 'covered'];
/** Sorts after every instant. */
const never = '~';

export const endsKey = (endsAt: string | null): string => endsAt ?? never;

/** Puts whoever needs somebody most at the top: the stopped, then those on hold, those without certificates, then the covered by what ends first. */
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
  const isNamed = search.named.length > 0;
  const isByNeed = filter !== 'everyone' && filter !== 'left';
  const parts = isNamed
    ? branchesOf(filter, endingBefore, withoutIndex).map((conditions) => [...conditions, ...search.named])
    : branchesOf(filter, endingBefore);
  return {
    name: `people/${sort}`,
    table: 'person',
    order: orders[sort],
    descending,
    /* The index by need holds the order by end, once for each standing. */
    branches: sort === 'ends' && !isNamed && !isByNeed ? parts.flatMap(splitByNeed) : parts,
    isSorted: isNamed || (isByNeed && (sort === 'name' || sort === 'department')),
    search: search.tried,
  };
}

type Column = (name: string) => RawBuilder<unknown>;

const indexed: Column = (name) => sql`${sql.ref(name)}`;

/** A filter as conditions on ranges of the index by need, which do not overlap. */
export function branchesOf(filter: PeopleFilter, endingBefore: string, column: Column = indexed): Condition[][] {
  const statusIs = (status: 'active' | 'left'): Condition => sql<SqlBool>`${column('status')} = ${status}`;
  const standingIs = (standing: Standing): Condition => sql<SqlBool>`${column('need')} = ${needOf(standing)}`;
  const soon = sql<SqlBool>`${column('endsKey')} < ${endingBefore}`;
  switch (filter) {
    case 'everyone':
      return [[statusIs('active')]];
    case 'left':
      return [[statusIs('left')]];
    case 'uncovered':
      return [[statusIs('active'), standingIs('none')]];
    case 'stopped':
      return [[statusIs('active'), standingIs('stopped')]];
    case 'held':
      return [[statusIs('active'), standingIs('held')]];
    case 'ending':
      return standings.map((standing) => [statusIs('active'), standingIs(standing), soon]);
    case 'attention':
      return [
        [statusIs('active'), standingIs('stopped')],
        [statusIs('active'), standingIs('held')],
        [statusIs('active'), standingIs('none'), soon],
        [statusIs('active'), standingIs('covered'), soon],
      ];
  }
}

const splitByNeed = (conditions: readonly Condition[]): Condition[][] =>
  standings.map((standing) => [...conditions, sql<SqlBool>`${sql.ref('need')} = ${needOf(standing)}`]);
