import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { readCertificateList, revokedCertificates } from '../../main/domain/x509/read-certificate-list.ts';
import { recordRevoked } from '../conformance/database-records.ts';
import { cheapVault, newPractice, openPractice, secret, temporaryDirectory } from './support/practice.ts';

/** A practice thousands of whose certificates were revoked before it was opened, at times that come in no order. */
async function practiceWithRevoked(count: number) {
  const { door, directory, client } = await newPractice();
  const [, issuing] = (await client.authorities.list({})).authorities;
  if (issuing === undefined) throw new Error('a practice without an issuing authority');
  await door.close();
  const database = await openSqliteDatabase({ directory });
  const revoked = await recordRevoked(database, issuing.id, count);
  await database.close();
  const opened = await openPractice({ workspaceDirectory: directory, vault: cheapVault() });
  await opened.client.session.signIn({ operator: 'admin', passphrase: secret() });
  return { client: opened.client, issuing, revoked };
}

describe('a list of thousands', () => {
  it('is read and verified by openssl and certtool, and names everybody once', async () => {
    const { client, issuing, revoked } = await practiceWithRevoked(5000);
    const { file } = await client.authorities.crl({ authority: issuing.id });
    const directory = temporaryDirectory();
    const run = (program: string, ...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: directory, encoding: 'utf8', maxBuffer: 64 << 20 });
      return { status, text: `${stdout}${stderr}` };
    };
    writeFileSync(join(directory, 'list.crl'), file.bytes);
    writeFileSync(join(directory, 'issuer.pem'), (await client.authorities.export({ authority: issuing.id, format: 'pem' })).bytes);
    const read = run('openssl', ...'crl -inform DER -in list.crl -CAfile issuer.pem -noout -text -verify'.split(' '));
    expect(read.text).toContain('verify OK');
    const serials = [...read.text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map((match) => match[1]?.toLowerCase());
    expect(serials).toEqual(revoked.map(({ serialNumber }) => serialNumber));
    run('openssl', ...'crl -inform DER -in list.crl -out list.pem'.split(' '));
    const checked = run('certtool', '--verify-crl', '--infile', 'list.pem', '--load-ca-certificate', 'issuer.pem');
    expect(checked).toMatchObject({ status: 0, text: expect.stringContaining('Verification output: Verified.') });
  });

  it('comes in parts where it is many megabytes, and openssl verifies what they are together', async () => {
    const { client, issuing, revoked } = await practiceWithRevoked(40_000);
    const { file, unfinished, number } = await client.authorities.crl({ authority: issuing.id });
    expect(unfinished).toMatchObject({ name: file.name, authority: issuing.id, number });
    const pieces = [file.bytes];
    for (let from = unfinished?.next ?? null; from !== null;) {
      const more = await client.authorities.listOctets({ authority: issuing.id, number, from });
      pieces.push(more.file.bytes);
      from = more.next;
    }
    const whole = Buffer.concat(pieces);
    expect([...revokedCertificates(readCertificateList(whole))].length).toBe(revoked.length);
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'list.crl'), whole);
    writeFileSync(join(directory, 'issuer.pem'), (await client.authorities.export({ authority: issuing.id, format: 'pem' })).bytes);
    const verified = spawnSync('openssl', 'crl -inform DER -in list.crl -CAfile issuer.pem -noout -verify'.split(' '), { cwd: directory });
    expect(`${String(verified.stdout)}${String(verified.stderr)}`).toContain('verify OK');
    const [published] = (await client.authorities.publish({})).unfinished;
    expect(published).toMatchObject({ name: file.name, number: number + 1, next: unfinished?.next });
    const beyond = client.authorities.listOctets({ authority: issuing.id, number: number + 9, from: 0 });
    await expect(beyond).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is octet for octet the list kept, and says reasons and times as they were recorded', async () => {
    const { client, issuing, revoked } = await practiceWithRevoked(1500);
    const { file } = await client.authorities.crl({ authority: issuing.id });
    const entries = [...revokedCertificates(readCertificateList(file.bytes))];
    expect(entries.map(({ serialNumber, revocationDate, reasonCode }) => [serialNumber, revocationDate.toISOString(), reasonCode])).toEqual(
      revoked.map(({ serialNumber, revokedAt, reason }) => [serialNumber, revokedAt, reason]),
    );
    const next = await client.authorities.crl({ authority: issuing.id });
    expect(next.number).toBe(2);
    expect([...revokedCertificates(readCertificateList(next.file.bytes))]).toEqual(entries);
  });
});
