import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { signCheckpoint } from '../../main/domain/audit/checkpoint.ts';
import { formatVerifierKey, noteKey } from '../../main/domain/audit/signed-note.ts';
import { hasher, newSigner, sha256 } from '../domain/audit/primitives.ts';
import { deskWithPractice, newDesk, staff, type Desk } from './support/command-line.ts';

/** A practice with a log of some length. */
async function practiceWithLog(): Promise<{ practice: Desk; size: number }> {
  const practice = await deskWithPractice();
  await practice.json('people', 'import', practice.put('staff.csv', staff));
  await practice.json('enroll', 'ada@ridgeway.example');
  return { practice, size: (await practice.json<{ entries: number }>('audit', 'verify')).entries };
}

/** A copy of the practice whose database somebody changed who has the disk and no key, and what `audit verify` then says. */
async function afterTampering(practice: Desk, tamper: (database: DatabaseSync) => void): Promise<unknown> {
  const desk = newDesk();
  cpSync(practice.path('workspace'), desk.path('workspace'), { recursive: true });
  const database = new DatabaseSync(join(desk.path('workspace'), 'keyward.db'));
  tamper(database);
  database.close();
  const { exit, stdout } = await desk.run('audit', 'verify', '--json');
  const answer = JSON.parse(stdout) as { firstWrong?: unknown; error?: { code: string; details: unknown } };
  return [exit, answer.firstWrong ?? answer.error?.details];
}

const leafAt = (database: DatabaseSync, index: number): string =>
  String(database.prepare('select leaf from auditLeaf where "index" = ?').get(index)?.['leaf']);

function put(database: DatabaseSync, index: number, leaf: string): void {
  const leafHash = Buffer.from(hasher.leaf(leaf), 'latin1');
  database.prepare('update auditLeaf set leaf = ?, leafHash = ? where "index" = ?').run(leaf, leafHash, index);
}

/** Moves entries from an index on by so many places, from the far end so that no number is taken twice. */
function move(database: DatabaseSync, from: number, by: number): void {
  database.prepare('update auditLeaf set "index" = -("index" + ?) where "index" >= ?').run(by, from);
  database.exec('update auditLeaf set "index" = -"index" where "index" < 0');
}

const fault = (kind: string, more: object = {}) => [9, expect.objectContaining({ kind, ...more }) as unknown];

const table: readonly (readonly [what: string, tamper: (database: DatabaseSync, size: number) => void, expected: unknown])[] = [
  ['nothing', () => undefined, [0, undefined]],
  [
    'an entry changed',
    (database) => database.exec(`update auditLeaf set leaf = replace(leaf, '"success"', '"refused"') where "index" = 3`),
    fault('leaf-changed', { index: 3 }),
  ],
  [
    'the time of an entry changed',
    (database) => database.exec(`update auditLeaf set leaf = replace(leaf, '"time":"20', '"time":"19') where "index" = 3`),
    fault('leaf-changed', { index: 3 }),
  ],
  [
    'an entry changed with its hash',
    (database) => put(database, 3, leafAt(database, 3).replace('"success"', '"refused"')),
    fault('entries-rewritten', { from: 3, to: 3 }),
  ],
  ['an entry dropped', (database) => database.exec('delete from auditLeaf where "index" = 3'), fault('leaf-missing', { index: 3 })],
  [
    'an entry dropped, and those after it moved up',
    (database) => {
      database.exec('delete from auditLeaf where "index" = 3');
      move(database, 4, -1);
    },
    fault('truncated'),
  ],
  [
    'an entry doubled',
    (database) => {
      const leaf = leafAt(database, 3);
      move(database, 4, 1);
      database.exec(
        'insert into auditLeaf select 4, leaf, leafHash, time, action, outcome, operatorId, search from auditLeaf where "index" = 3',
      );
      put(database, 4, leaf);
    },
    fault('uncounted'),
  ],
  [
    'an entry put in',
    (database) => {
      move(database, 4, 1);
      database.exec(
        'insert into auditLeaf select 4, leaf, leafHash, time, action, outcome, operatorId, search from auditLeaf where "index" = 0',
      );
    },
    fault('uncounted'),
  ],
  [
    'two entries swapped',
    (database) => {
      const [one, other] = [leafAt(database, 2), leafAt(database, 3)];
      put(database, 2, other);
      put(database, 3, one);
    },
    fault('entries-rewritten', { from: 2 }),
  ],
  ['the last entries cut off', (database, size) => database.exec(`delete from auditLeaf where "index" >= ${size - 2}`), fault('truncated')],
  [
    'a total changed',
    (database) => database.exec(`update checkpoint set root = zeroblob(32) where size = 4`),
    fault('checkpoint-changed', { checkpoint: 4 }),
  ],
  [
    'the note of a total changed',
    (database) =>
      database.exec(`update checkpoint set note = replace(note, char(10) || '4' || char(10), char(10) || '5' || char(10)) where size = 4`),
    fault('checkpoint-signature', { checkpoint: 4 }),
  ],
  ['the log key swapped', (database) => swapKey(database), fault('checkpoint-signature')],
  ['the log key swapped and every total signed anew', (database) => signAnew(database, swapKey(database)), fault('log-key-changed')],
];

it('whatever somebody changes in the database who has the disk and no key is found and named', async () => {
  const { practice, size } = await practiceWithLog();
  expect(size).toBeGreaterThan(6);
  for (const [what, tamper, expected] of table)
    expect([what, await afterTampering(practice, (database) => tamper(database, size))]).toEqual([what, expected]);
});

interface OtherKey {
  readonly key: ReturnType<typeof noteKey>;
  readonly sign: ReturnType<typeof newSigner>['sign'];
}

function swapKey(database: DatabaseSync): OtherKey {
  const { sign, publicKey } = newSigner();
  const setting = JSON.parse(String(database.prepare(`select value from setting where name = 'log-key'`).get()?.['value'])) as {
    vkey: string;
  };
  const key = noteKey(setting.vkey.split('+')[0] ?? '', publicKey, sha256);
  const value = JSON.stringify({ ...setting, vkey: formatVerifierKey(key) });
  database.prepare(`update setting set value = ? where name = 'log-key'`).run(value);
  return { key, sign };
}

function signAnew(database: DatabaseSync, { key, sign }: OtherKey): void {
  const update = database.prepare('update checkpoint set note = ? where size = ?');
  for (const row of database.prepare('select size, root from checkpoint where note is not null').all()) {
    const [count, root] = [Number(row['size']), Buffer.from(row['root'] as Uint8Array).toString('latin1')];
    update.run(signCheckpoint({ origin: key.name, size: count, root }, key, sign), count);
  }
}

it('a clock that was set back is named, without the log being called wrong', async () => {
  let now = Date.UTC(2026, 5, 1, 9);
  const desk = await deskWithPractice({ clock: { now: () => new Date(now) } });
  await desk.json('audit', 'verify');
  now -= 3_600_000;
  const answer = await desk.json<{ holds: boolean; clockSetBack: unknown }>('audit', 'verify');
  expect(answer).toMatchObject({
    holds: true,
    clockSetBack: { entries: 1, time: '2026-06-01T08:00:00.000Z', before: '2026-06-01T09:00:00.000Z' },
  });
  expect((await desk.run('audit', 'verify')).stdout).toContain('The clock was set back');
});
