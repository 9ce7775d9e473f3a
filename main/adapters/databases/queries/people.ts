import { sql } from 'kysely';
import { AppError } from '../../../domain/errors.ts';
import type { Language } from '../../../domain/locale/languages.ts';
import type { Page } from '../../../ports/page.ts';
import type {
  MailboxRecord,
  PeopleCounts,
  PeopleFilter,
  PeopleQuery,
  PeopleReader,
  PeopleStore,
  PersonRecord,
} from '../../../ports/stores/people.ts';
import type { PersonRow } from '../../../ports/stores/people.ts';
import type { ReadConnection, WriteConnection } from '../connection.ts';
import { byIds } from '../id-chunks.ts';
import { inOrderOf, readPage } from '../keyset-list.ts';
import { searchText, wordsOf } from '../search-text.ts';
import { searchPeople } from './people-search.ts';
import { branchesOf, departmentKey, endsKey, nameKey, needOf, peopleList } from './person-order.ts';

const columns = [
  'id',
  'name',
  'givenName',
  'surname',
  'department',
  'role',
  'staffNumber',
  'language',
  'status',
  'createdAt',
  'leftAt',
  'standing',
  'endsAt',
] as const satisfies readonly (keyof PersonRow)[];

export function peopleReader(connection: ReadConnection): PeopleReader {
  const { db } = connection;
  return {
    async find(id) {
      const [row] = await findMany(connection, [id]);
      return row;
    },
    findMany: (ids) => findMany(connection, ids),
    async firstUnknown(ids) {
      const known = new Set(
        (await byIds(ids, (some) => db.selectFrom('person').select('id').where('id', 'in', some).execute())).map(({ id }) => id),
      );
      return ids.find((id) => !known.has(id));
    },
    findByAddresses: (normalized) => findByAddresses(connection, normalized),
    async findByStaffNumber(staffNumber) {
      const people = db.selectFrom('person').select('id').where('staffNumber', '=', staffNumber);
      const person = await people.orderBy('status').orderBy('createdAt', 'desc').limit(1).executeTakeFirst();
      const [row] = person === undefined ? [] : await findMany(connection, [person.id]);
      return row;
    },
    page: (query) => page(connection, query),
    counts: (endingBefore) => counts(connection, endingBefore),
    departments: () => departments(connection),
  };
}

/** In the order of the ids. Mailboxes are recorded with their person and stay, so that two statements see the same of both. */
async function findMany({ db }: ReadConnection, ids: readonly string[]): Promise<PersonRow[]> {
  const people = await byIds(ids, (some) => db.selectFrom('person').select(columns).where('id', 'in', some).execute());
  const mailboxes = await byIds(ids, (some) =>
    db
      .selectFrom('mailbox')
      .select(['personId', 'address'])
      .where('personId', 'in', some)
      .orderBy('personId')
      .orderBy('position')
      .execute(),
  );
  const addresses = Map.groupBy(mailboxes, ({ personId }) => personId);
  const rows = people.map((person) => Object.assign(person, { mailboxes: (addresses.get(person.id) ?? []).map(({ address }) => address) }));
  return inOrderOf([...new Set(ids)], rows, ({ id }) => id);
}

/** Goes from one department to the next in their index, however many people are in each. */
async function departments({ db }: ReadConnection): Promise<string[]> {
  const found: string[] = [];
  for (let last = ''; ;) {
    const people = db.selectFrom('person').select(['department', 'departmentKey']).where('status', '=', 'active');
    const next = await people.where('departmentKey', '>', last).orderBy('departmentKey').orderBy('nameKey').limit(1).executeTakeFirst();
    if (next?.department === undefined || next.department === null) return found;
    found.push(next.department);
    last = next.departmentKey;
  }
}

async function findByAddresses(connection: ReadConnection, normalized: readonly string[]): Promise<Map<string, PersonRow>> {
  const owners = await byIds(normalized, (some) =>
    connection.db
      .selectFrom('mailbox')
      .select(['normalized', 'personId'])
      .where('normalized', 'in', some)
      .where(sql.ref('isActive'), '=', sql.lit(1))
      .execute(),
  );
  const people = await findMany(
    connection,
    owners.map(({ personId }) => personId),
  );
  const byId = new Map(people.map((person) => [person.id, person]));
  return new Map(
    owners.flatMap(({ normalized: address, personId }) => {
      const person = byId.get(personId);
      return person === undefined ? [] : [[address, person] as const];
    }),
  );
}

async function page(connection: ReadConnection, query: PeopleQuery): Promise<Page<PersonRow>> {
  const list = peopleList(query, await searchPeople(connection, query.search));
  const found = await readPage(connection.db, list, query);
  return {
    ...found,
    rows: await findMany(
      connection,
      found.rows.map((position) => String(position.at(-1))),
    ),
  };
}

/** Everyone is counted as all but those who left: few rows of the index instead of nearly all. */
async function counts({ db }: ReadConnection, endingBefore: string): Promise<PeopleCounts> {
  const countOf = async (filter: PeopleFilter): Promise<number> => {
    const parts = branchesOf(filter, endingBefore).map(
      (conditions) => sql`(select count(*) from "person" where ${sql.join(conditions, sql` and `)})`,
    );
    const { rows } = await sql<{ count: number }>`select ${sql.join(parts, sql` + `)} as "count"`.execute(db);
    return rows[0]?.count ?? 0;
  };
  const all = await db
    .selectFrom('person')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const left = await countOf('left');
  return {
    everyone: all.count - left,
    attention: await countOf('attention'),
    stopped: await countOf('stopped'),
    held: await countOf('held'),
    ending: await countOf('ending'),
    uncovered: await countOf('uncovered'),
    left,
  };
}

export function peopleStore(connection: WriteConnection): PeopleStore {
  return {
    ...peopleReader(connection),
    insert: (people, mailboxes) => insert(connection, people, mailboxes),
    setStanding: (people) => setStanding(connection, people),
    setLanguage: (id, language) => setLanguage(connection, id, language),
    markLeft: (id, at) => markLeft(connection, id, at),
  };
}

async function insert(connection: WriteConnection, people: readonly PersonRecord[], mailboxes: readonly MailboxRecord[]): Promise<void> {
  const addresses = Map.groupBy(mailboxes, ({ personId }) => personId);
  const texts = people.map((person) => searchTextOf(person, addresses.get(person.id) ?? []));
  await connection.insertRows(
    'person',
    personColumns,
    people.map((person, at) => personValues(person, texts[at] ?? '')),
  );
  const words = people.flatMap(({ id }, at) => wordsOf(texts[at] ?? '', Infinity).map((word) => [word, id] as const));
  await connection.insertRows('personWord', ['word', 'personId'], words);
  await connection.insertRows(
    'mailbox',
    ['personId', 'position', 'address', 'normalized', 'isActive'],
    mailboxes.map(({ personId, position, address, normalized }) => [personId, position, address, normalized, 1]),
  );
}

const personColumns = [...columns, 'nameKey', 'departmentKey', 'need', 'endsKey', 'search'] as const;

const searchTextOf = ({ name, givenName, surname, department, staffNumber }: PersonRecord, mailboxes: readonly MailboxRecord[]): string =>
  searchText([name, givenName, surname, ...mailboxes.map(({ address }) => address), department, staffNumber]);

const personValues = (person: PersonRecord, search: string) =>
  [
    person.id,
    person.name,
    person.givenName,
    person.surname,
    person.department,
    person.role,
    person.staffNumber,
    person.language,
    person.status,
    person.createdAt,
    person.leftAt,
    'none',
    null,
    nameKey(person.name),
    departmentKey(person.department),
    needOf('none'),
    endsKey(null),
    search,
  ] as const;

async function setStanding(connection: WriteConnection, people: Parameters<PeopleStore['setStanding']>[0]): Promise<void> {
  const rows = people.map(({ id, standing, endsAt }) => [standing, endsAt, needOf(standing), endsKey(endsAt), id] as const);
  const changed = await connection.updateRows('person', ['standing', 'endsAt', 'need', 'endsKey'], ['id'], rows);
  if (changed !== people.length) connection.refuse(new AppError('not-found', 'There is no such person.', { what: 'person' }));
}

async function setLanguage(connection: WriteConnection, id: string, language: Language): Promise<void> {
  const changed = await connection.updateRows('person', ['language'], ['id', 'status'], [[language, id, 'active']]);
  if (changed === 0) throw new AppError('stale', 'There is nobody of this id who has not left.', { person: id });
}

async function markLeft(connection: WriteConnection, id: string, at: string): Promise<void> {
  const changed = await connection.updateRows('person', ['status', 'leftAt'], ['id', 'status'], [['left', at, id, 'active']]);
  if (changed === 0) throw new AppError('stale', 'There is nobody of this id who has not left.', { person: id });
  await connection.updateRows('mailbox', ['isActive'], ['personId'], [[0, id]]);
}
