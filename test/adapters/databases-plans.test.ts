import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kyselyOver, SqliteStatements } from '../../main/adapters/databases/sqlite-connection.ts';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { readStores } from '../../main/adapters/databases/stores.ts';
import type { ReadStores } from '../../main/ports/database.ts';
import type { AuditQuery } from '../../main/ports/stores/audit-log.ts';
import type { CertificateQuery } from '../../main/ports/stores/certificates.ts';
import type { PeopleFilter, PeopleSort } from '../../main/ports/stores/people.ts';
import { checkpointOf, insertPractice, leafOf, mailboxOf, newId, personOf } from '../conformance/database-records.ts';

/** Notes how SQLite goes about each statement. */
class WatchedDatabase extends DatabaseSync {
  readonly plans: string[] = [];

  override prepare(text: string): StatementSync {
    const steps = super.prepare(`explain query plan ${text}`).all();
    this.plans.push(...steps.map((step) => String(step['detail'])));
    return super.prepare(text);
  }
}

const directory = mkdtempSync(join(tmpdir(), 'keyward-plans-'));
let watched: WatchedDatabase;

beforeAll(async () => {
  const database = await openSqliteDatabase({ directory, create: true });
  await insertPractice(database);
  const people = Array.from({ length: 50 }, () => personOf());
  await database.unit(async (stores) => {
    await stores.people.insert(
      people,
      people.map(({ id }) => mailboxOf(id, `${id}@ridgeway.example`)),
    );
    await stores.auditLog.append([leafOf(0)], checkpointOf(1));
  });
  await database.close();
  watched = new WatchedDatabase(join(directory, 'keyward.db'), { readOnly: true });
});

afterAll(() => {
  watched.close();
  rmSync(directory, { recursive: true });
});

/** The steps that statements of one call take on a table. */
async function stepsOn(table: string, call: (stores: ReadStores) => Promise<unknown>): Promise<string[]> {
  watched.plans.length = 0;
  await call(readStores({ db: kyselyOver(new SqliteStatements(watched)) }));
  return watched.plans.filter((step) => new RegExp(`^(SCAN|SEARCH) ${table}\\b`).test(step));
}

const isSort = (step: string): boolean => step.includes('TEMP B-TREE');

const indexOf: Readonly<Record<PeopleSort, string>> = {
  need: 'person_by_need',
  ends: 'person_by_need',
  name: 'person_by_name',
  department: 'person_by_department',
};
const sorts: readonly PeopleSort[] = ['need', 'name', 'department', 'ends'];
const inOwnOrder = (filter: PeopleFilter): boolean => filter === 'everyone' || filter === 'left';
const peopleCases = (['everyone', 'attention', 'stopped', 'ending', 'uncovered', 'left'] as const).flatMap((filter) =>
  sorts.map((sort) => [filter, sort] as const),
);

describe('a page of people', () => {
  it.each(peopleCases)('of the filter %s by %s is read from the index made for it, and nothing else', async (filter, sort) => {
    const last = { need: ['1', 'x', 'y', newId()], ends: ['x', 'y', newId()], name: ['y', newId()], department: ['x', 'y', newId()] }[sort];
    const after = Buffer.from(JSON.stringify([`people/${sort}`, ...last])).toString('base64url');
    const page = { filter, sort, limit: 100, endingBefore: '2027-01-01T00:00:00.000Z', after };
    const steps = await stepsOn('person', ({ people }) => people.page(page));
    const lists = steps.filter((step) => !step.includes('sqlite_autoindex_person_1 (id=?)'));
    const index = inOwnOrder(filter) ? indexOf[sort] : 'person_by_need';
    expect(lists.length).toBeGreaterThan(0);
    for (const step of lists) expect(step).toContain(`SEARCH person USING COVERING INDEX ${index} (status=?`);
  });

  it.each(sorts)('by %s is not sorted but read in order', async (sort) => {
    await stepsOn('person', ({ people }) => people.page({ filter: 'everyone', sort, limit: 100, endingBefore: '2027' }));
    /* The order by end is merged from one page of each of the four standings; what is sorted are those pages. */
    expect(watched.plans.filter(isSort).length).toBe(sort === 'ends' ? 4 : 0);
  });

  it('with a rare word is read from the index of words', async () => {
    const search = { filter: 'everyone', sort: 'name', limit: 100, endingBefore: '2027', search: 'okafor' } as const;
    const words = await stepsOn('personWord', ({ people }) => people.page(search));
    expect(words).toEqual(['SEARCH personWord USING PRIMARY KEY (word>? AND word<?)']);
    const people = await stepsOn('person', (stores) => stores.people.page(search));
    for (const step of people) expect(step).toBe('SEARCH person USING INDEX sqlite_autoindex_person_1 (id=?)');
  });

  it('is counted by the index alone', async () => {
    const steps = await stepsOn('person', ({ people }) => people.counts('2027'));
    for (const step of steps) expect(step).toContain('COVERING INDEX');
  });
});

describe('a page of certificates', () => {
  it.each<[string, Partial<CertificateQuery>, string]>([
    ['all', {}, 'sqlite_autoindex_certificate_1'],
    ['of a person', { personId: newId() }, 'certificate_by_person'],
    ['of an authority', { authorityId: newId() }, 'certificate_by_authority'],
  ])('%s is read in order from its index', async (_name, query, index) => {
    const steps = await stepsOn('certificate', ({ certificates }) => certificates.page({ limit: 100, ...query }));
    expect(steps[0]).toContain(`USING COVERING INDEX ${index}`);
    expect(watched.plans.filter(isSort)).toEqual([]);
  });

  it('is found by the beginning of a digest or a serial number through their indices', async () => {
    const steps = await stepsOn('certificate', ({ certificates }) => certificates.findByPrefix('0123456789abcdef'));
    expect(steps.some((step) => step.includes('certificate_by_beginning_of_sha256 (<expr>>? AND <expr><?)'))).toBe(true);
    expect(
      steps.some((step) => step.includes('certificate_by_serial_number (issuerAuthorityId=? AND serialNumber>? AND serialNumber<?)')),
    ).toBe(true);
    expect(steps.every((step) => step.startsWith('SEARCH'))).toBe(true);
  });

  it('that ends between two days is read from the index of ends', async () => {
    const steps = await stepsOn('certificate', ({ certificates }) => certificates.endings('2026', '2027'));
    expect(steps).toEqual([expect.stringContaining('certificate_by_end (isCurrent=? AND (notAfter,id)>(?,?) AND notAfter<?)')]);
    expect(watched.plans.filter(isSort)).toEqual([]);
  });
});

describe('what OCSP says', () => {
  it('of all certificates of an authority is read in order from their serial numbers', async () => {
    const query = { authorityId: newId(), at: '2027', after: '40', limit: 1000 };
    const steps = await stepsOn('certificate', ({ certificates }) => certificates.statuses(query));
    expect(steps).toEqual([expect.stringContaining('certificate_by_serial_number (issuerAuthorityId=? AND serialNumber>?)')]);
    expect(watched.plans.filter(isSort)).toEqual([]);
  });

  it('of one certificate is found through its serial number, and who answers through the authority', async () => {
    const steps = await stepsOn('certificate', ({ certificates }) => certificates.statusesOf(newId(), ['40']));
    expect(steps).toEqual([expect.stringContaining('certificate_by_serial_number (issuerAuthorityId=? AND serialNumber=?)')]);
    const delegates = await stepsOn('delegate', (stores) => stores.delegates.longest(newId(), 'ocsp-responder'));
    expect(delegates).toEqual([expect.stringContaining('delegate_by_authority (authorityId=? AND kind=?)')]);
    const answers = await stepsOn('ocspAnswers', (stores) => stores.delegates.latestAnswers(newId()));
    expect(answers).toEqual([expect.stringContaining('ocsp_answers_by_end (authorityId=?)')]);
  });
});

describe('whether an authority has issued to people', () => {
  it('is read from the index of its certificates', async () => {
    const steps = await stepsOn('certificate', ({ certificates }) => certificates.hasSubscribers(newId()));
    expect(steps).toEqual([expect.stringMatching(/^SEARCH certificate USING INDEX certificate_by_\w+ \(issuerAuthorityId=\?\)$/)]);
  });
});

describe('a page of OpenPGP keys', () => {
  it.each([
    ['all', {}, 'sqlite_autoindex_openPgp_1'],
    ['of a person', { personId: newId() }, 'openPgp_by_person'],
  ])('%s is read in order from its index', async (_name, query, index) => {
    const steps = await stepsOn('openPgp', ({ openPgp }) => openPgp.page({ limit: 100, ...query }));
    expect(steps[0]).toContain(`USING COVERING INDEX ${index}`);
    expect(watched.plans.filter(isSort)).toEqual([]);
  });

  it('is found by the beginning of a fingerprint through its index', async () => {
    const steps = await stepsOn('openPgp', ({ openPgp }) => openPgp.findByPrefix('0123456789abcdef'));
    expect(steps.some((step) => step.includes('openPgp_by_fingerprint (fingerprint>? AND fingerprint<?)'))).toBe(true);
    expect(steps.every((step) => step.startsWith('SEARCH'))).toBe(true);
  });
});

describe('a page of the audit log', () => {
  it.each<[string, Partial<AuditQuery>, string]>([
    ['of one action', { actions: ['people.add'] }, 'auditLeaf_by_action (action=?'],
    ['of outcomes', { outcomes: ['failed', 'refused'] }, 'auditLeaf_by_action (action=? AND outcome=?'],
    ['of a time', { from: '2026', to: '2027' }, 'auditLeaf_by_time (time>? AND time<?)'],
    ['of a time and an action', { from: '2026', actions: ['people.add'] }, 'auditLeaf_by_time (time>?)'],
    ['of a person', { personId: newId() }, 'INTEGER PRIMARY KEY (rowid=?)'],
    ['of a person and a time', { personId: newId(), from: '2026' }, 'INTEGER PRIMARY KEY (rowid=?)'],
    ['of a person and an action', { personId: newId(), actions: ['people.add'] }, 'INTEGER PRIMARY KEY (rowid=?)'],
  ])('%s is read from its index', async (_name, query, index) => {
    const steps = await stepsOn('auditLeaf', ({ auditLog }) => auditLog.page({ limit: 100, ...query }));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps.filter((text) => !text.endsWith('(rowid=?)') || index.endsWith('(rowid=?)'))) expect(step).toContain(index);
  });
});
