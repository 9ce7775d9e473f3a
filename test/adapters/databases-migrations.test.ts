import { readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { encodeRevokedCertificate } from '../../main/domain/x509/certificate-list.ts';
import { migrations } from '../../main/adapters/databases/migrations/index.ts';
import { migrate } from '../../main/adapters/databases/migrations/migrate.ts';
import type { Migration, SchemaTools } from '../../main/adapters/databases/migrations/migration.ts';
import { wordIndex } from '../../main/adapters/databases/sqlite-words.ts';
import { kyselyOver, SqliteStatements } from '../../main/adapters/databases/sqlite-connection.ts';

interface Prepared {
  readonly raw: DatabaseSync;
  readonly tools: SchemaTools;
}

/** An empty database in memory, and the tools of SQLite. */
function prepare(): Prepared {
  const raw = new DatabaseSync(':memory:');
  const types = { text: 'text', integer: 'integer', binary: 'blob', tableOptions: () => sql`strict`, wordIndex } as const;
  return { raw, tools: { db: kyselyOver(new SqliteStatements(raw)), types } };
}

/** Names of what a migration adds: tables, then indices. */
async function addedBy(name: string): Promise<{ tables: string[]; indices: string[] }> {
  const { raw, tools } = prepare();
  const at = migrations.findIndex((migration) => migration.name === name);
  await migrate(tools, migrations.slice(0, at));
  const before = new Set(namesIn(raw, 'table').concat(namesIn(raw, 'index')));
  await migrate(tools, migrations.slice(0, at + 1));
  const isNew = (found: string): boolean => !before.has(found);
  return { tables: namesIn(raw, 'table').filter(isNew), indices: namesIn(raw, 'index').filter(isNew) };
}

const namesIn = (raw: DatabaseSync, type: 'table' | 'index'): string[] =>
  raw
    .prepare(`select name from sqlite_schema where type = ? and name not like 'sqlite_%' order by name`)
    .all(type)
    .map(({ name }) => String(name));

/** What each migration adds. One that was ever released stays as it is. */
const added: readonly [string, string[], string[]][] = [
  ['0010-practice', ['opening', 'operator', 'setting', 'signInFailure'], ['operator_by_name']],
  ['0020-vault', ['compartment', 'sealedKey', 'sealingKey', 'vaultGrant'], []],
  [
    '0030-people',
    ['mailbox', 'person', 'personWord'],
    ['mailbox_by_address', 'person_by_department', 'person_by_name', 'person_by_need', 'person_by_staff_number'],
  ],
  [
    '0040-certificates',
    ['authority', 'certificate', 'certificateDer', 'certificateList', 'key', 'keyTransition', 'revocation'],
    [
      'authority_by_slug',
      'certificate_by_authority',
      'certificate_by_end',
      'certificate_by_person',
      'certificate_by_serial_number',
      'certificate_by_sha256',
      'key_by_person',
      'key_by_spki',
      'revocation_by_authority',
    ],
  ],
  ['0050-jobs', ['job', 'jobItem'], ['jobItem_by_person', 'jobItem_by_state', 'job_by_state', 'job_by_time']],
  ['0060-audit-log', ['auditLeaf', 'auditMention', 'checkpoint'], ['auditLeaf_by_action', 'auditLeaf_by_time']],
  ['0070-openpgp', ['openPgp', 'openPgpCertificate'], ['openPgp_by_fingerprint', 'openPgp_by_person', 'openPgp_in_use']],
  ['0080-tokens', ['tokenIntent', 'tokenKey'], ['tokenIntent_by_state', 'tokenKey_by_serial_number']],
  ['0090-mail-setups', ['mailSetup'], ['mailSetup_by_person']],
  ['0100-fingerprints', [], ['certificate_by_beginning_of_sha256', 'key_by_beginning_of_spkiSha256']],
  ['0110-list-chunks', ['certificateListPart', 'revocationChunk'], ['revocationChunk_by_end', 'revocation_by_chunk']],
  ['0120-holds', ['resumption'], ['resumption_by_authority', 'revocation_by_change']],
  ['0130-profiles', ['profile'], []],
  ['0140-delta-lists', [], []],
  ['0150-delegates', ['delegate', 'ocspAnswers'], ['delegate_by_authority', 'ocsp_answers_by_end']],
  ['0160-rollover', ['crossCertificate'], ['crossCertificate_by_authority']],
  ['0180-compromised-keys', ['compromisedKey', 'compromisedList'], []],
  ['0190-outside-requests', ['outsideRequest'], ['outsideRequest_by_answer', 'outsideRequest_by_key']],
  ['0200-authority-requests', ['authorityRequest'], ['authorityRequest_by_key']],
  ['0210-token-losses', ['tokenLoss'], ['tokenLoss_by_serial_number']],
  ['0220-operator-roles', ['voucher'], ['sealingKey_by_compartment']],
  ['0230-second-factors', ['secondFactor', 'secondFactorCode'], []],
  ['0240-backups', ['backup'], ['backup_by_state', 'backup_by_time']],
  ['0260-authority-request-files', [], []],
  ['0280-operator-cards', ['operatorCard'], []],
  ['0300-escrow', ['escrowRequest', 'escrowShare'], ['escrowRequest_by_time']],
  ['0320-approvals', ['approval'], ['approval_by_digest', 'approval_by_time']],
  ['0330-audit-words', ['auditWords', 'auditWords_config', 'auditWords_data', 'auditWords_idx'], []],
  ['0340-incidents', ['alarm', 'incident', 'incidentItem'], ['alarm_by_rule', 'alarm_by_state']],
  [
    '0345-mail-packages',
    ['mailPackage'],
    ['mailPackage_by_delivery', 'mailPackage_by_person', 'mailPackage_by_state', 'mailPackage_by_time'],
  ],
  ['0350-archived-leaves', ['archive', 'archivedLeaf'], ['archive_by_state']],
  ['0355-list-points', [], []],
  ['0360-mail-tests', ['mailTest'], ['mailTest_by_codeSha256', 'mailTest_by_person']],
  ['0370-person-language', [], []],
  ['0380-applications', ['application'], ['application_by_person', 'application_by_time']],
  ['0385-key-attestations', ['keyAttestation'], []],
  ['0390-mail-technologies', [], []],
  ['0395-openpgp-revocations', [], []],
];

describe('the migrations', () => {
  it('are all the files there are, each under the name of its file, in order', () => {
    const folder = new URL('../../main/adapters/databases/migrations/', import.meta.url);
    const files = readdirSync(folder).filter((file) => /^\d{4}-/.test(file));
    expect(migrations.map(({ name }) => `${name}.ts`)).toEqual(files.sort());
  });

  it.each(added)('%s adds its tables and indices to what was there', async (name, tables, indices) => {
    expect(await addedBy(name)).toEqual({ tables, indices });
  });

  it('are all among the cases above', () => {
    expect(added.map(([name]) => name)).toEqual(migrations.map(({ name }) => name));
  });

  it('encode what was revoked before, in order, and keep the lists that were made', async () => {
    const { raw, tools } = prepare();
    const at = migrations.findIndex(({ name }) => name === '0110-list-chunks');
    await migrate(tools, migrations.slice(0, at));
    raw.exec('pragma foreign_keys = off');
    const revoke = raw.prepare(`insert into revocation values (?, 'a', ?, '2026-06-01T12:00:00.000Z', 'superseded', null, ?)`);
    const serials = Array.from({ length: 1500 }, (_, serial) => (0x100000 + serial).toString(16));
    for (const serial of serials.toReversed()) revoke.run(`c${serial}`, serial, '2028-01-01T00:00:00.000Z');
    raw.exec(`insert into certificateList values ('a', 1, '2026-06-02', '2026-06-12', 1500, x'3001')`);
    await migrate(tools);
    const chunks = raw.prepare('select position, entries, endsFirst, der from revocationChunk order by position').all();
    expect(chunks.map(({ position, entries, endsFirst }) => [position, entries, endsFirst])).toEqual([
      [0, 1024, '2028-01-01T00:00:00.000Z'],
      [1, 476, '2028-01-01T00:00:00.000Z'],
    ]);
    const expected = serials.map((serialNumberHex) =>
      encodeRevokedCertificate({ serialNumberHex, revocationTime: new Date('2026-06-01T12:00:00Z'), reason: 'superseded' }),
    );
    expect(Buffer.concat(chunks.map(({ der }) => der as Uint8Array)).equals(Buffer.concat(expected))).toBe(true);
    expect(raw.prepare('select chunk, count(*) as n from revocation group by chunk').all()).toMatchObject([
      { chunk: 0, n: 1024 },
      { chunk: 1, n: 476 },
    ]);
    expect(raw.prepare('select hex(der) as der from certificateListPart').all()).toEqual([{ der: '3001' }]);
  });

  it('index the words of entries that were made before', async () => {
    const { raw, tools } = prepare();
    const at = migrations.findIndex(({ name }) => name === '0330-audit-words');
    await migrate(tools, migrations.slice(0, at));
    const leaf = raw.prepare(`insert into auditLeaf values (?, '{}', x'00', 't', 'certificate.take-over', 'failed', null, ?)`);
    leaf.run(0, ' card lost');
    leaf.run(1, ' köln');
    await migrate(tools);
    const found = (words: string) => raw.prepare('select rowid from auditWords where auditWords match ?').all(words);
    expect(found('"car"* AND "§certificatetakeover" AND "§failed"')).toEqual([{ rowid: 0 }]);
    expect(found('"köl"*')).toEqual([{ rowid: 1 }]);
  });

  it('take as published those lists that the log says were handed out', async () => {
    const { raw, tools } = prepare();
    await migrate(
      tools,
      migrations.slice(
        0,
        migrations.findIndex(({ name }) => name === '0120-holds'),
      ),
    );
    raw.exec(
      `pragma foreign_keys = off; insert into certificateList values ('a', 1, 't1', 'u1', 0), ('a', 2, 't2', 'u2', 0), ('a', 3, 't3', 'u3', 0)`,
    );
    const enter = raw.prepare(`insert into auditLeaf values (?, '', x'', ?, ?, ?, null, '')`);
    enter.run(0, 't1', 'authority.publish', 'success');
    enter.run(1, 't2', 'certificate.revoke', 'success');
    enter.run(2, 't3', 'authority.crl', 'failed');
    await migrate(tools);
    expect(raw.prepare('select publishedAt from certificateList order by number').all()).toEqual(
      ['t1', null, null].map((publishedAt) => ({ publishedAt })),
    );
  });

  it('run once: a second time changes nothing', async () => {
    const { raw, tools } = prepare();
    await migrate(tools);
    const schema = () => raw.prepare('select name, sql from sqlite_schema order by name').all();
    const before = schema();
    await migrate(tools);
    expect(schema()).toEqual(before);
  });

  it('go on from where an older version had stopped, keeping its rows', async () => {
    const { raw, tools } = prepare();
    await migrate(tools, migrations.slice(0, 2));
    raw.exec(`insert into setting values ('practice', 'kept')`);
    const added: Migration = {
      name: '9000-added',
      up: async ({ db }) => void (await sql`alter table setting add column note text`.execute(db)),
    };
    await migrate(tools, [...migrations, added]);
    expect(raw.prepare('select * from setting').all()).toEqual([{ name: 'practice', value: 'kept', note: null }]);
  });

  it('refuse a database that a newer version has changed', async () => {
    const { tools } = prepare();
    await migrate(tools);
    const older = migrate(tools, migrations.slice(0, -1));
    await expect(older).rejects.toMatchObject({ code: 'store.schema-too-new', details: { migration: migrations.at(-1)?.name } });
  });

  it('make tables that hold what their columns say, and nothing where something must be', async () => {
    const { raw, tools } = prepare();
    await migrate(tools);
    expect(() => raw.exec(`insert into signInFailure values ('nobody', 'many', null)`)).toThrow(
      'cannot store TEXT value in INTEGER column',
    );
    expect(() => raw.exec(`insert into setting values ('practice', null)`)).toThrow('NOT NULL constraint failed');
    expect(() => raw.exec(`insert into setting values ('practice', x'00')`)).toThrow('cannot store BLOB value in TEXT column');
  });

  it('make references that a transaction is held to when it ends', async () => {
    const { raw, tools } = prepare();
    await migrate(tools);
    raw.exec(`begin; insert into mailbox values ('nobody', 0, 'a@b', 'a@b', 1)`);
    expect(() => raw.exec('commit')).toThrow('FOREIGN KEY constraint failed');
  });
});
