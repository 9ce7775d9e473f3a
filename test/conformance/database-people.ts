import { describe, expect, it } from 'vitest';
import type { DatabaseTechnology } from '../../main/adapters/databases/index.ts';
import type { Database } from '../../main/ports/database.ts';
import type { PeopleQuery, PersonRecord, PersonRow, Standing } from '../../main/ports/stores/people.ts';
import { mailboxOf, personOf } from './database-records.ts';
import { useWorkspace } from './database-workspace.ts';

const soon = '2026-04-01T00:00:00.000Z';
const query = (more: Partial<PeopleQuery>): PeopleQuery => ({ filter: 'everyone', sort: 'name', limit: 100, endingBefore: soon, ...more });

/** Reads every page and gives the names in order. */
async function namesOf(database: Database, more: Partial<PeopleQuery>): Promise<string[]> {
  const names: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await database.read.people.page(query({ ...more, after }));
    names.push(...page.rows.map(({ name }) => name));
    if (page.next === undefined) return names;
    after = page.next;
  }
}

interface Staff extends Partial<PersonRecord> {
  readonly name: string;
  readonly standing?: Standing;
  readonly endsAt?: string;
}

async function insertStaff(database: Database, staff: readonly Staff[]): Promise<PersonRecord[]> {
  const people = staff.map(({ standing: _standing, endsAt: _endsAt, ...person }) => personOf(person));
  const standings = staff.flatMap(({ standing, endsAt }, at) =>
    standing === undefined ? [] : [{ id: people[at]?.id ?? '', standing, endsAt: endsAt ?? null }],
  );
  await database.unit(async (stores) => {
    await stores.people.insert(
      people,
      people.map(({ id }) => mailboxOf(id, `${id}@ridgeway.example`)),
    );
    await stores.people.setStanding(standings);
  });
  return people;
}

const staff: readonly Staff[] = [
  { name: 'Bora', department: 'Surgery', standing: 'covered', endsAt: '2028-01-01T00:00:00.000Z' },
  { name: 'Ada', department: 'Reception', standing: 'covered', endsAt: '2026-03-20T00:00:00.000Z' },
  { name: 'Émile', department: 'Cardiology', standing: 'stopped', endsAt: '2027-05-01T00:00:00.000Z' },
  { name: 'Dana', department: null, standing: 'none' },
  { name: 'chen', department: 'cardiology', standing: 'covered', endsAt: '2027-01-01T00:00:00.000Z' },
  { name: 'Farid', department: 'Surgery', standing: 'none', endsAt: '2026-03-10T00:00:00.000Z' },
];

export function describePeople(technology: DatabaseTechnology): void {
  describe('people', () => {
    const workspace = useWorkspace(technology);

    it('come back as they were recorded, with their mailboxes in order', async () => {
      const person = personOf({ name: 'Nguyễn Thị Hồng', department: null, role: null, staffNumber: '0042' });
      const mailboxes = [mailboxOf(person.id, 'second@ridgeway.example', 1), mailboxOf(person.id, 'first@ridgeway.example', 0)];
      await workspace.database.unit((stores) => stores.people.insert([person], mailboxes));
      const row = { ...person, mailboxes: ['first@ridgeway.example', 'second@ridgeway.example'], standing: 'none', endsAt: null };
      expect(await workspace.database.read.people.find(person.id)).toEqual(row);
      expect(await workspace.database.read.people.findByStaffNumber('0042')).toEqual(row);
      expect(await workspace.database.read.people.find(personOf().id)).toBeUndefined();
      expect(await workspace.database.read.people.findByStaffNumber('43')).toBeUndefined();
    });

    it('are found many at a time, in the order asked for, each once', async () => {
      const people = await insertStaff(
        workspace.database,
        Array.from({ length: 1500 }, (_, at) => ({ name: `Person ${at}` })),
      );
      const ids = people.map(({ id }) => id).toReversed();
      const rows = await workspace.database.read.people.findMany([...ids, ids[0] ?? '', personOf().id]);
      expect(rows.map(({ id }) => id)).toEqual(ids);
      expect(await workspace.database.read.people.findMany([])).toEqual([]);
      const strangers = [personOf().id, personOf().id];
      expect(await workspace.database.read.people.firstUnknown(ids)).toBeUndefined();
      expect(await workspace.database.read.people.firstUnknown([...ids, ...strangers])).toBe(strangers[0]);
    });

    it('are found by their addresses, those who have not left', async () => {
      const [here, gone] = [personOf({ name: 'Here' }), personOf({ name: 'Gone' })];
      await workspace.database.unit(async ({ people }) => {
        await people.insert([here, gone], [mailboxOf(here.id, 'here@ridgeway.example'), mailboxOf(gone.id, 'gone@ridgeway.example')]);
        await people.markLeft(gone.id, soon);
      });
      const found = await workspace.database.read.people.findByAddresses([
        'here@ridgeway.example',
        'gone@ridgeway.example',
        'nobody@ridgeway.example',
      ]);
      expect([...found].map(([address, { name }]) => [address, name])).toEqual([['here@ridgeway.example', 'Here']]);
    });

    it('refuse an address that somebody has, and say which field it was', async () => {
      const [first, second] = [personOf(), personOf()];
      await workspace.database.unit(({ people }) => people.insert([first], [mailboxOf(first.id, 'one@ridgeway.example')]));
      const taken = workspace.database.unit(({ people }) => people.insert([second], [mailboxOf(second.id, 'one@ridgeway.example')]));
      await expect(taken).rejects.toMatchObject({ code: 'conflict', details: { field: 'normalized' } });
      expect(await workspace.database.read.people.find(second.id)).toBeUndefined();
    });

    it('may take the address of somebody who has left', async () => {
      const [first, second] = [personOf(), personOf()];
      await workspace.database.unit(async ({ people }) => {
        await people.insert([first], [mailboxOf(first.id, 'one@ridgeway.example')]);
        await people.markLeft(first.id, soon);
        await people.insert([second], [mailboxOf(second.id, 'one@ridgeway.example')]);
      });
      const left = await workspace.database.read.people.find(first.id);
      expect(left).toMatchObject({ status: 'left', leftAt: soon, mailboxes: ['one@ridgeway.example'] });
      const found = await workspace.database.read.people.findByAddresses(['one@ridgeway.example']);
      expect(found.get('one@ridgeway.example')?.id).toBe(second.id);
    });

    it('are handed pages in the language that was said last, until they leave', async () => {
      const person = personOf();
      await workspace.database.unit(({ people }) => people.insert([person], []));
      await workspace.database.unit(({ people }) => people.setLanguage(person.id, 'fr'));
      expect((await workspace.database.read.people.find(person.id))?.language).toBe('fr');
      await workspace.database.unit(({ people }) => people.markLeft(person.id, soon));
      const late = workspace.database.unit(({ people }) => people.setLanguage(person.id, 'es'));
      await expect(late).rejects.toMatchObject({ code: 'stale' });
      expect((await workspace.database.read.people.find(person.id))?.language).toBe('fr');
    });

    it('leave only once', async () => {
      const person = personOf();
      await workspace.database.unit(({ people }) => people.insert([person], []));
      await workspace.database.unit(({ people }) => people.markLeft(person.id, soon));
      await expect(workspace.database.unit(({ people }) => people.markLeft(person.id, '2027'))).rejects.toMatchObject({ code: 'stale' });
      expect((await workspace.database.read.people.find(person.id))?.leftAt).toBe(soon);
    });

    it('have a standing only if they exist', async () => {
      const unknown = [{ id: personOf().id, standing: 'covered' as const, endsAt: null }];
      await expect(workspace.database.unit(({ people }) => people.setStanding(unknown))).rejects.toMatchObject({ code: 'not-found' });
    });

    it.each<[PeopleQuery['sort'], string[]]>([
      ['need', ['Émile', 'Farid', 'Dana', 'Ada', 'chen', 'Bora']],
      ['name', ['Ada', 'Bora', 'chen', 'Dana', 'Émile', 'Farid']],
      ['department', ['chen', 'Émile', 'Ada', 'Bora', 'Farid', 'Dana']],
      ['ends', ['Farid', 'Ada', 'chen', 'Émile', 'Bora', 'Dana']],
    ])('are listed by %s, upwards and downwards, whatever the size of the page', async (sort, expected) => {
      await insertStaff(workspace.database, staff);
      for (const limit of [1, 2, 5, 6, 100]) {
        expect(await namesOf(workspace.database, { sort, limit })).toEqual(expected);
        expect(await namesOf(workspace.database, { sort, limit, descending: true })).toEqual(expected.toReversed());
      }
    });

    it.each<[PeopleQuery['filter'], string[]]>([
      ['everyone', ['Ada', 'Bora', 'chen', 'Dana', 'Émile', 'Farid']],
      ['attention', ['Ada', 'Émile', 'Farid']],
      ['stopped', ['Émile']],
      ['ending', ['Ada', 'Farid']],
      ['uncovered', ['Dana', 'Farid']],
      ['left', ['Gone']],
    ])('of the filter %s are listed in every order and counted', async (filter, expected) => {
      const [gone] = await insertStaff(workspace.database, [{ name: 'Gone' }, ...staff]);
      await workspace.database.unit(({ people }) => people.markLeft(gone?.id ?? '', soon));
      expect(await namesOf(workspace.database, { filter })).toEqual(expected);
      for (const sort of ['need', 'department', 'ends'] as const)
        for (const limit of [1, 2, 100])
          expect((await namesOf(workspace.database, { filter, sort, limit })).sort()).toEqual(expected.toSorted());
      expect((await workspace.database.read.people.counts(soon))[filter]).toBe(expected.length);
    });

    it.each<[string, string[]]>([
      ['oka', ['Dr. Adaeze Okafor']],
      ['OKAFOR ada', ['Dr. Adaeze Okafor']],
      ['kafor', []],
      ['hong', ['Nguyễn Thị Hồng']],
      ['Nguyễn', ['Nguyễn Thị Hồng']],
      ['kjaer', ['Søren Kjærgaard']],
      ['παπα', ['Μαρία Παπαδοπούλου']],
      ['太郎', ['山田太郎']],
      ['민준', ['김민준']],
      ['שלו', ['דנה שלום']],
      ['card', ['Dr. Adaeze Okafor', 'Nguyễn Thị Hồng']],
      ['a.okafor@ridge', ['Dr. Adaeze Okafor']],
      ['0042', ['Søren Kjærgaard']],
      ['%', ['Dr. Adaeze Okafor', 'Nguyễn Thị Hồng', 'Søren Kjærgaard', 'Μαρία Παπαδοπούλου', 'דנה שלום', '山田太郎', '김민준']],
      ['_____', ['Dr. Adaeze Okafor', 'Nguyễn Thị Hồng', 'Søren Kjærgaard', 'Μαρία Παπαδοπούλου', 'דנה שלום', '山田太郎', '김민준']],
      ['nobody', []],
    ])('are searched for by the beginnings of words: %s', async (search, expected) => {
      const okafor = personOf({ name: 'Dr. Adaeze Okafor', department: 'Cardiology' });
      const others = [
        { name: 'Nguyễn Thị Hồng', department: 'Cardiology' },
        { name: 'Søren Kjærgaard', department: 'Physiotherapy', staffNumber: '0042' },
        { name: 'Μαρία Παπαδοπούλου', department: 'Harbour Street' },
        { name: 'דנה שלום', department: null },
        { name: '山田太郎', department: null },
        { name: '김민준', department: null },
      ].map((more) => personOf({ givenName: null, surname: null, ...more }));
      await workspace.database.unit(({ people }) =>
        people.insert([okafor, ...others], [mailboxOf(okafor.id, 'a.okafor@ridgeway.example')]),
      );
      expect(await namesOf(workspace.database, { search })).toEqual(expected);
      expect(await namesOf(workspace.database, { search, limit: 1, descending: true })).toEqual(expected.toReversed());
    });

    it('are searched for through all of a long list, page by page', async () => {
      await insertStaff(
        workspace.database,
        Array.from({ length: 9000 }, (_, at) => ({ name: at % 3000 === 7 ? `Rare Bird ${at}` : `Common ${at}` })),
      );
      const rare = ['Rare Bird 3007', 'Rare Bird 6007', 'Rare Bird 7'];
      expect(await namesOf(workspace.database, { search: 'rare', limit: 2 })).toEqual(rare);
      expect(await namesOf(workspace.database, { search: 'rare', filter: 'uncovered', sort: 'ends', limit: 2 })).toEqual(rare);
      expect(await namesOf(workspace.database, { search: 'rare', filter: 'attention' })).toEqual([]);
    });

    it('that join or leave between two pages are neither skipped nor given twice', async () => {
      await insertStaff(
        workspace.database,
        ['B', 'D', 'F'].map((name) => ({ name })),
      );
      const first = await workspace.database.read.people.page(query({ limit: 2 }));
      await insertStaff(
        workspace.database,
        ['A', 'C', 'E'].map((name) => ({ name })),
      );
      const second = await workspace.database.read.people.page(query({ limit: 10, after: first.next }));
      const names = (rows: readonly PersonRow[]) => rows.map(({ name }) => name);
      expect([names(first.rows), names(second.rows)]).toEqual([
        ['B', 'D'],
        ['E', 'F'],
      ]);
    });

    it.each([
      'garbage',
      '',
      'WyJwZW9wbGUvbmFtZSJd',
      Buffer.from('["people/need","a","b"]').toString('base64url'),
      Buffer.from('["people/name","a",{"b":1}]').toString('base64url'),
      Buffer.from('{"0":"people/name"}').toString('base64url'),
    ])('refuse to go on from %j', async (after) => {
      const page = workspace.database.read.people.page(query({ after }));
      await expect(page).rejects.toMatchObject({ code: 'input.invalid', details: { field: 'after' } });
    });

    it.each([0, -1, 1.5, 1001, Number.NaN])('refuse a page of %d rows', async (limit) => {
      await expect(workspace.database.read.people.page(query({ limit }))).rejects.toMatchObject({
        code: 'input.invalid',
        details: { field: 'limit' },
      });
    });

    it('name the departments of those who are here, each in one spelling', async () => {
      const [gone] = await insertStaff(workspace.database, [{ name: 'Gone', department: 'Closed ward' }, ...staff]);
      await workspace.database.unit(({ people }) => people.markLeft(gone?.id ?? '', soon));
      expect(await workspace.database.read.people.departments()).toEqual(['cardiology', 'Reception', 'Surgery']);
    });
  });
}
