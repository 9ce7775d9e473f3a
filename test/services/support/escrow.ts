import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recovered } from '../../../main/contract/escrow.ts';
import type { Client } from '../../../main/contract/client.ts';
import { addOperator } from './operators.ts';
import { addPeople, enroll, newPractice, secret, temporaryDirectory } from './practice.ts';

/** The whole line that a letter says. */
export const letter = 'Please move my appointment to Thursday.';

/** A practice with two officers, the administrator and Ben, and somebody who has nothing yet. */
export async function practiceOfTwo(options: Parameters<typeof newPractice>[0] = {}) {
  const practice = await newPractice(options);
  const [person = ''] = await addPeople(practice, 1);
  const { client: ben } = await addOperator(practice, 'Ben', 'security-officer');
  return { ...practice, ben, person };
}

/** A practice with two officers, the administrator and Ben, and somebody who has left with a letter that was encrypted for them. */
export async function practiceWithLeaver(options: Parameters<typeof newPractice>[0] = {}) {
  const practice = await newPractice(options);
  const [person = ''] = await addPeople(practice, 1);
  await enroll(practice, [person]);
  const mail = await encryptFor(practice.client, person);
  const { client: ben } = await addOperator(practice, 'Ben', 'security-officer');
  await practice.client.people.leave({ person });
  return { ...practice, ben, person, mail };
}

export async function encryptionCertificate({ certificates }: Client, person: string): Promise<string> {
  const page = await certificates.list({ person, limit: 50 });
  const found = page.certificates.find(({ purpose }) => purpose === 'encrypt');
  if (found === undefined) throw new Error('no certificate to encrypt to');
  return found.id;
}

/** A letter that OpenSSL encrypted for somebody. */
async function encryptFor(client: Client, person: string): Promise<string> {
  const directory = temporaryDirectory();
  const { bytes } = await client.certificates.export({ certificate: await encryptionCertificate(client, person), format: 'pem' });
  writeFileSync(join(directory, 'to.pem'), bytes);
  writeFileSync(join(directory, 'letter.txt'), `${letter}\n`);
  const args = ['cms', '-encrypt', '-aes256', '-binary', '-in', 'letter.txt', '-out', 'mail.eml', '-outform', 'SMIME', 'to.pem'];
  execFileSync('openssl', args, { cwd: directory });
  return join(directory, 'mail.eml');
}

/** What OpenSSL reads of a letter with a recovered file. */
export function readWith({ file, password }: Pick<Recovered, 'file' | 'password'>, mail: string): string {
  const directory = join(temporaryDirectory(), 'recovered');
  mkdirSync(directory, { mode: 0o700 });
  const put = (name: string, content: Uint8Array) => {
    writeFileSync(join(directory, name), content, { mode: 0o600 });
    chmodSync(join(directory, name), 0o600);
  };
  if (file === null) throw new Error('nothing of S/MIME was recovered');
  put('keys.p12', file.bytes);
  put('password', password?.reveal() ?? Buffer.from('chosen for this file'));
  execFileSync('openssl', ['pkcs12', '-in', 'keys.p12', '-passin', 'file:password', '-nodes', '-nocerts', '-out', 'key.pem'], {
    cwd: directory,
  });
  return execFileSync('openssl', ['cms', '-decrypt', '-in', mail, '-inkey', 'key.pem'], { cwd: directory, encoding: 'utf8' }).trim();
}

export const recoveryOf = (person: string) => ({
  of: person,
  reason: 'Her letters are part of the record',
  caseNumber: '2026-17',
  recipient: 'Dr. Lee',
});

/** Sheets as they are printed: the administrator asks, Ben approves. */
export async function printTwoOfThree({ client, ben }: { readonly client: Client; readonly ben: Client }): Promise<string[]> {
  const { request } = await client.escrow.ask({ reason: 'Sheets for the safe' });
  await ben.escrow.approve({ request });
  const { sheets } = await client.escrow.share({ request, print: { total: 3, threshold: 2 } });
  return Buffer.from(sheets?.reveal() ?? [])
    .toString('ascii')
    .trim()
    .split('\n');
}

export const sheetsOf = (...lines: readonly string[]) => secret(lines.join('\n'));
