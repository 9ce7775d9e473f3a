import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import type { Database } from '../../main/ports/database.ts';
import { insertPractice, type PracticeRecords } from '../conformance/database-records.ts';
import { rowCounts, runUnit, unitRecords } from './databases-unit-of-everything.ts';

const [units, peopleToAUnit] = [12, 400];
let directory: string;
let database: Database;
const sizeOf = (name: string): number => statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyward-checkpoints-'));
});

afterEach(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

/** More than one long log. */
async function writeMuch(): Promise<PracticeRecords> {
  const practice = await insertPractice(database);
  for (let unit = 0; unit < units; unit++) await runUnit(database, unitRecords(practice, peopleToAUnit));
  return practice;
}

/** Of the database as its newest commit has it. */
function octetsCommitted(): number {
  const reader = new DatabaseSync(join(directory, 'keyward.db'), { readOnly: true });
  const { pages, size } =
    reader.prepare('select page_count as pages, page_size as size from pragma_page_count, pragma_page_size').get() ?? {};
  reader.close();
  return Number(pages) * Number(size);
}

/** What was asked for is written, and the thread is asked again after the next unit. */
async function untilItRests(): Promise<void> {
  for (let before = -1; sizeOf('keyward.db') !== before; await setTimeout(500)) before = sizeOf('keyward.db');
}

it('after much was written the thread brings what is committed into the database, without a further commit', async () => {
  database = await openSqliteDatabase({ directory, create: true, checkpoints: workerEntry('checkpoints') });
  const practice = await writeMuch();
  await untilItRests();
  await runUnit(database, unitRecords(practice, 1));
  await vi.waitFor(() => expect(sizeOf('keyward.db')).toBe(octetsCommitted()), { timeout: 10_000 });
  await database.check();
});

it('a thread that cannot work costs nothing: the commits write the database themselves', async () => {
  database = await openSqliteDatabase({ directory, create: true, checkpoints: new URL('file:///nowhere/checkpoints.js') });
  await writeMuch();
  expect(sizeOf('keyward.db')).toBeGreaterThan(4 * 2 ** 20);
  await database.check();
  await database.close();
  expect(rowCounts(join(directory, 'keyward.db'))['person']).toBe(units * peopleToAUnit);
  database = await openSqliteDatabase({ directory });
});
