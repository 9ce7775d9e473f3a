import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RowWriter } from '../../main/adapters/databases/connection.ts';
import { kyselyRowWriter } from '../../main/adapters/databases/kysely-row-writer.ts';
import { LoopShare } from '../../main/adapters/databases/loop-share.ts';
import { migrate } from '../../main/adapters/databases/migrations/migrate.ts';
import { wordIndex } from '../../main/adapters/databases/sqlite-words.ts';
import { kyselyOver, SqliteStatements, sqliteRowWriter } from '../../main/adapters/databases/sqlite-connection.ts';

let raw: DatabaseSync;
let statements: SqliteStatements;

beforeEach(async () => {
  raw = new DatabaseSync(':memory:');
  statements = new SqliteStatements(raw);
  const types = { text: 'text', integer: 'integer', binary: 'blob', tableOptions: () => sql`strict`, wordIndex } as const;
  await migrate({ db: kyselyOver(statements), types });
});

const writers: readonly (readonly [string, () => RowWriter])[] = [
  ['through prepared statements', () => sqliteRowWriter(statements, new LoopShare())],
  ['through the query builder', () => kyselyRowWriter(kyselyOver(statements))],
];

describe.each(writers)('rows written %s', (_name, writer) => {
  const rows = Array.from({ length: 1203 }, (_, index) => [`id-${index}`, index] as const);

  it('are all there, however many', async () => {
    await writer().insertRows('auditMention', ['id', 'index'], rows);
    expect(raw.prepare('select count(*) as count, sum("index") as sum from auditMention').get()).toEqual({
      count: 1203,
      sum: (1203 * 1202) / 2,
    });
  });

  it('may be none', async () => {
    await writer().insertRows('auditMention', ['id', 'index'], []);
    expect(await writer().updateRows('auditMention', ['index'], ['id'], [])).toBe(0);
    expect(raw.prepare('select * from auditMention').all()).toEqual([]);
  });

  it('are changed where all conditions hold, and counted', async () => {
    await writer().insertRows('auditMention', ['id', 'index'], rows);
    const changes = [
      [5000, 'id-1', 1],
      [5001, 'id-2', 7],
      [5002, 'id-3', 3],
    ] as const;
    expect(await writer().updateRows('auditMention', ['index'], ['id', 'index'], changes)).toBe(2);
    const changed = raw.prepare('select id from auditMention where "index" >= 5000 order by id').all();
    expect(changed).toEqual([{ id: 'id-1' }, { id: 'id-3' }]);
  });

  it('that are there already are a conflict which names the field', async () => {
    await writer().insertRows(
      'operator',
      ['id', 'name', 'nameKey', 'role', 'publicKey', 'createdAt'],
      [['1', 'A', 'a', 'administrator', new Uint8Array(1), '']],
    );
    const again = writer().insertRows(
      'operator',
      ['id', 'name', 'nameKey', 'role', 'publicKey', 'createdAt'],
      [['2', 'a', 'a', 'administrator', new Uint8Array(1), '']],
    );
    await expect(again).rejects.toMatchObject({ code: 'conflict', details: { field: 'name' } });
  });
});
