import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { insertPractice, mailboxOf, personOf } from '../conformance/database-records.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'keyward-sqlite-')), 'practice');
  path = join(directory, 'keyward.db');
});

afterEach(() => rmSync(join(directory, '..'), { recursive: true }));

const open = (create = false) => openSqliteDatabase({ directory, create, busyTimeout: 50 });
const modeOf = (file: string): number => statSync(file).mode & 0o777;

/** Makes a practice, closes it, and lets `change` at the file as somebody with another program would. */
async function practiceChangedBy(change: (database: DatabaseSync) => void): Promise<void> {
  const database = await open(true);
  await insertPractice(database);
  await database.close();
  const raw = new DatabaseSync(path);
  change(raw);
  raw.close();
}

describe('the files of a SQLite database', () => {
  it.each([0o000, 0o022])('are for their owner only, whatever the umask (%o)', async (umask) => {
    const before = process.umask(umask);
    try {
      const database = await open(true);
      await insertPractice(database);
      expect(modeOf(directory)).toBe(0o700);
      expect(readdirSync(directory).sort()).toEqual(['keyward.db', 'keyward.db-shm', 'keyward.db-wal']);
      for (const file of readdirSync(directory)) expect([file, modeOf(join(directory, file))]).toEqual([file, 0o600]);
      await database.close();
      expect(readdirSync(directory)).toEqual(['keyward.db']);
    } finally {
      process.umask(before);
    }
  });

  it('are closed to others again when somebody opened them, by a copy for example', async () => {
    await practiceChangedBy(() => undefined);
    chmodSync(path, 0o644);
    const database = await open();
    await database.unit((stores) => stores.settings.put('defaults', '1'));
    for (const file of readdirSync(directory)) expect(modeOf(join(directory, file))).toBe(0o600);
    await database.close();
  });

  it('are in write-ahead mode', async () => {
    await practiceChangedBy((raw) => expect(raw.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' }));
  });
});

describe('a SQLite database', () => {
  it('is refused, and not touched, when a newer version has changed its schema', async () => {
    await practiceChangedBy((raw) => raw.exec(`insert into migration values ('9990-from-the-future')`));
    const before = readFileSync(path);
    await expect(open()).rejects.toMatchObject({ code: 'store.schema-too-new', details: { migration: '9990-from-the-future' } });
    await expect(open(true)).rejects.toMatchObject({ code: 'store.schema-too-new' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is refused as damaged when a step of its schema is missing between others', async () => {
    await practiceChangedBy((raw) => raw.exec(`delete from migration where name = '0020-vault'`));
    await expect(open()).rejects.toMatchObject({ code: 'store.corrupt' });
  });

  it('is refused, and not touched, when the file is something else', async () => {
    await practiceChangedBy(() => undefined);
    writeFileSync(path, 'This is not a database. '.repeat(1000));
    await expect(open()).rejects.toMatchObject({ code: 'store.corrupt' });
    await expect(open(true)).rejects.toMatchObject({ code: 'store.corrupt' });
    expect(readFileSync(path, 'utf8')).toMatch(/^This is not a database/);
  });

  it('is refused as not there when the file is empty, as a beginning that was cut off leaves it', async () => {
    await practiceChangedBy(() => undefined);
    truncateSync(path, 0);
    await expect(open()).rejects.toMatchObject({ code: 'store.not-initialised', details: { path: directory } });
    const database = await open(true);
    expect(await database.read.operators.list()).toEqual([]);
    await database.close();
  });

  it('is found damaged by its check, and by whoever reads the damaged page', async () => {
    await practiceChangedBy((raw) => raw.exec('pragma wal_checkpoint(truncate)'));
    const raw = new DatabaseSync(path, { readOnly: true });
    const root = raw
      .prepare(`select rootpage as page, page_size as size from sqlite_schema, pragma_page_size where name = 'operator'`)
      .get() as { page: number; size: number };
    raw.close();
    const octets = readFileSync(path);
    octets.fill(0xa5, (root.page - 1) * root.size, root.page * root.size);
    writeFileSync(path, octets);
    const database = await open();
    await expect(database.check()).rejects.toMatchObject({ code: 'store.corrupt' });
    await expect(database.read.operators.list()).rejects.toMatchObject({ code: 'store.corrupt' });
    await expect(database.unit((stores) => stores.operators.list())).rejects.toMatchObject({ code: 'store.corrupt' });
    await database.close();
  });

  it('says that it is busy while another process writes, changes nothing, and goes on afterwards', async () => {
    const database = await open(true);
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    const person = personOf();
    const insert = () => database.unit(({ people }) => people.insert([person], [mailboxOf(person.id, 'a@ridgeway.example')]));
    await expect(insert()).rejects.toMatchObject({ code: 'store.busy' });
    other.exec('rollback');
    other.close();
    await insert();
    expect((await database.read.people.counts('2027')).everyone).toBe(1);
    await database.close();
  });

  it('is whole when two create it at the same time', async () => {
    const results = await Promise.allSettled([open(true), open(true)]);
    const opened = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(opened.length).toBeGreaterThan(0);
    for (const database of opened) await database.close();
    const database = await open();
    await insertPractice(database);
    expect(await database.read.operators.list()).toHaveLength(1);
    await expect(database.check()).resolves.toBeUndefined();
    await database.close();
  });

  it('holds no setting of the practice in the clear after it was replaced', async () => {
    const database = await open(true);
    await database.unit((stores) => stores.settings.put('defaults', `old ${'secret'.repeat(20)}`));
    await database.unit((stores) => stores.settings.put('defaults', 'new'));
    await database.close();
    expect(readFileSync(path).includes('secretsecret')).toBe(false);
  });
});
