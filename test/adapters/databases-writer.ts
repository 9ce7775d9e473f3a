import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import type { PracticeRecords } from '../conformance/database-records.ts';
import { runUnit, unitRecords } from './databases-unit-of-everything.ts';

/** Writes unit after unit of ten people into the workspace named by its argument and says when each is done, until it is killed. */
const directory = process.argv[2] ?? '';
const practice = JSON.parse(readFileSync(join(directory, 'practice.json'), 'utf8')) as PracticeRecords;
const database = await openSqliteDatabase({ directory });
for (;;) {
  await runUnit(database, unitRecords(practice, 10));
  process.stdout.write('unit\n');
}
