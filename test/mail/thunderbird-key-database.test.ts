import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { sealWith } from '../../main/adapters/mail-clients/thunderbird/key-database.ts';
import { integer, octetString, oid, sequence } from '../../main/domain/asn1/der-writer.ts';

/** A key as NSS keeps it (PBES2, RFC 8018 section 6.2), whose ciphertext is of nothing. */
function valueWith(rounds: number): Uint8Array {
  const derivation = sequence(oid('1.2.840.113549.1.5.12'), sequence(octetString(new Uint8Array(32)), integer(rounds)));
  const encryption = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(new Uint8Array(14)));
  return sequence(sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, encryption)), octetString(new Uint8Array(32)));
}

function databaseWith(value: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-key4-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'key4.db');
  const database = new DatabaseSync(path);
  database.exec('create table nssPrivate (id integer primary key, a3, a11, a102); create table metaData (id, item1)');
  database.prepare('insert into nssPrivate (id, a3, a11) values (1, ?, ?)').run(Buffer.from('ours'), value);
  database.prepare(`insert into metaData values ('password', ?)`).run(new Uint8Array(20));
  database.close();
  return path;
}

it.each([
  ['is no DER', () => Uint8Array.of(0x30, 0x82, 0xff)],
  ['does not open by this password', () => valueWith(1)],
  ['asks for two thousand million rounds', () => valueWith(2_000_000_000)],
])('a key that %s is said to be unreadable, and soon', { timeout: 5_000 }, (_what, value) => {
  const order = { label: 'ours', password: undefined, text: new Uint8Array(8) };
  const seal = () => sealWith(databaseWith(value()), order);
  expect(seal).toThrow(expect.objectContaining({ code: 'client.unreadable' }) as Error);
});
