import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient, type Client } from '../../main/contract/client.ts';
import type { Door } from '../../main/contract/door.ts';
import { openKeyring, type Keyring } from '../gnupg/keyring.ts';
import { passphrase, secret } from '../services/support/practice.ts';
import { startSmtpSink, type SmtpSink } from './support/smtp-sink.ts';
import {
  accountPreferences,
  makeProfile,
  program,
  sendMail,
  showMail,
  startThunderbird,
  type RunningThunderbird,
} from './support/thunderbird.ts';

/** One profile with an account for each: RSA, which every program can encrypt to, and the curve. */
const people = [
  { name: 'ada', other: 'bo', algorithm: 'rsa-3072' },
  { name: 'bo', other: 'ada', algorithm: 'p256' },
] as const;

/** What OpenPGP people have: Dee with an account here and nothing else, Ada beside her certificates, Eve elsewhere. */
const openPgpPeople = ['dee', 'ada', 'eve'] as const;

const addressOf = (name: string): string => `${name}@ridgeway.example`;

let directory: string;
let door: Door;
let client: Client;
let sink: SmtpSink;
let profile: string;
let thunderbird: RunningThunderbird;
let eve: Keyring;
const fingerprints = new Map<string, string>();

const path = (name: string): string => join(directory, name);

const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

async function makePractice(): Promise<void> {
  door = await openCore({ workspaceDirectory: path('workspace'), vault: createVault({ memoryKiB: 64, passes: 1, lanes: 1 }) });
  client = createClient((name, input) => door.call(name, input, { connection: 'test', host: 'command-line' }));
  await client.workspace.init({ name: 'Ridgeway', passphrase: secret() });
  for (const { name, algorithm } of people) {
    const { person } = await client.people.add({ name, emails: [addressOf(name)] });
    await issueTo(person, algorithm);
    await writeFilesOf(name);
  }
  for (const { id, parentId } of (await client.authorities.list({})).authorities)
    writeFileSync(
      path(parentId === null ? 'root.pem' : 'issuing.pem'),
      (await client.authorities.export({ authority: id, format: 'pem' })).bytes,
    );
}

async function issueTo(person: string, algorithm: 'rsa-3072' | 'p256'): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    const stop = door.subscribe((news, payload) => {
      if (news !== 'enrollment.progress' || (payload as { state: string }).state === 'running') return;
      stop();
      resolve();
    });
  });
  await client.enrollment.start({ people: [person], algorithm });
  await ended;
}

/** A person's certificates in use and their keys as openssl takes them: NAME-sign.pem, NAME-sign.key and so on. */
async function writeFilesOf(name: string): Promise<void> {
  const { certificates } = await client.people.show({ person: addressOf(name) });
  for (const { id, purpose } of certificates.filter(({ isCurrent }) => isCurrent)) {
    writeFileSync(path(`${name}-${purpose}.pem`), (await client.certificates.export({ certificate: id, format: 'pem' })).bytes);
    const { file, password } = await client.certificates.exportPrivateKey({ certificates: [id], format: 'pkcs8' });
    writeFileSync(path('sealed.key'), file.bytes, { mode: 0o600 });
    writeFileSync(path('password'), password?.reveal() ?? '', { mode: 0o600 });
    openssl('pkey', '-in', 'sealed.key', '-passin', 'file:password', '-out', `${name}-${purpose}.key`);
  }
}

const targetOf = (name: string) => ({ person: addressOf(name), client: 'thunderbird', target: profile }) as const;

/** What openssl signs for one and encrypts to the other. */
function writeMail(from: string, to: string): string {
  writeFileSync(path('plain.eml'), 'Content-Type: text/plain\r\n\r\nThe results of Thursday are in.\r\n');
  const signer = ['-signer', `${from}-sign.pem`, '-inkey', `${from}-sign.key`, '-certfile', 'issuing.pem'];
  openssl('cms', '-sign', '-in', 'plain.eml', ...signer, '-out', 'signed.eml');
  const headers = ['-from', addressOf(from), '-to', addressOf(to), '-subject', 'Results'];
  openssl('cms', '-encrypt', '-aes256', '-in', 'signed.eml', ...headers, '-out', 'sealed.eml', `${to}-encrypt.pem`);
  writeFileSync(path(`to-${to}.eml`), `Date: ${new Date().toUTCString()}\n${readFileSync(path('sealed.eml'), 'utf8')}`);
  return path(`to-${to}.eml`);
}

/** OpenPGP keys for those who have one; Eve's is in a GnuPG of her own, which knows the others. */
async function makeOpenPgp(): Promise<void> {
  for (const name of ['dee', 'eve']) await client.people.add({ name, emails: [addressOf(name)] });
  for (const name of openPgpPeople) {
    const { id: person } = await client.people.show({ person: addressOf(name) });
    const { id: key, fingerprint } = await client.openpgp.generate({ person });
    fingerprints.set(name, fingerprint.toUpperCase());
    if (name !== 'eve') eve.take((await client.openpgp.export({ key })).bytes);
    else
      eve.gpg(['--import'], { input: (await client.openpgp.exportSecret({ key, password: secret() })).file.bytes, password: passphrase });
  }
}

/** A mail by gpg (RFC 3156): Eve signs it, and encrypts it to somebody. */
function writeOpenPgpMail(to: string): string {
  const words = 'Content-Type: text/plain; charset=utf-8\r\n\r\nThe partner has answered.\r\n';
  const trusted = ['--trust-model', 'always', '--armor', '--local-user', addressOf('eve')];
  const { stdout, stderr } = eve.gpg([...trusted, '--sign', '--encrypt', '--recipient', addressOf(to)], {
    input: words,
    password: passphrase,
  });
  if (stdout.length === 0) throw new Error(stderr);
  const part = (type: string, content: string) => `--next-part\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
  const type = 'multipart/encrypted; protocol="application/pgp-encrypted"; boundary="next-part"';
  const head = `Date: ${new Date().toUTCString()}\r\nFrom: ${addressOf('eve')}\r\nTo: ${addressOf(to)}\r\nSubject: Partner\r\nMIME-Version: 1.0\r\n`;
  const parts =
    part('application/pgp-encrypted', 'Version: 1') + part('application/octet-stream', stdout.toString().replaceAll('\n', '\r\n'));
  writeFileSync(path(`pgp-to-${to}.eml`), `${head}Content-Type: ${type}\r\n\r\n${parts}--next-part--\r\n`);
  return path(`pgp-to-${to}.eml`);
}

const print = (file: string): string => openssl('x509', '-in', file, '-noout', '-fingerprint', '-sha256');

/** Where it must run, a missing program is a failure and no skip. */
const canRun = existsSync(program) || process.env['CI'] !== undefined;

describe.runIf(canRun)('a real Thunderbird, started after the export', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'kw-'));
    sink = await startSmtpSink();
    await makePractice();
    eve = openKeyring();
    await makeOpenPgp();
    const addresses = [...people.map(({ name }) => addressOf(name)), addressOf('dee')];
    profile = makeProfile(path('profile'), accountPreferences(addresses, sink.port));
    const { person: cy } = await client.people.add({ name: 'cy', emails: [addressOf('cy')] });
    await issueTo(cy, 'rsa-3072');
    await writeFilesOf('cy');
    await client.mail.export({ ...targetOf('ada'), recipients: [cy] });
    await client.mail.export({ ...targetOf('bo'), encrypt: 'always' });
    await client.mail.export({ ...targetOf('dee'), technology: 'openpgp', recipients: [addressOf('eve')] });
    await client.mail.export({ ...targetOf('ada'), technology: 'openpgp' });
    thunderbird = await startThunderbird(profile, path('home'));
  });

  afterAll(async () => {
    await thunderbird.stop();
    await sink.close();
    eve.close();
    await door.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(people)('shows a mail openssl made for a key of $algorithm as signed and encrypted', async ({ name, other }) => {
    expect(await showMail(thunderbird, writeMail(other, name))).toMatchObject({
      signature: 0,
      encryption: 0,
      signer: addressOf(other),
      body: expect.stringContaining('The results of Thursday are in.'),
    });
  });

  it.each(people)('sends with a key of $algorithm what openssl decrypts and verifies', async ({ name, other }) => {
    const mail = { from: addressOf(name), to: addressOf(other), subject: 'Answer', body: `Thank you. ${name}` };
    expect(await sendMail(thunderbird, mail)).toEqual({ isSigned: true, isEncrypted: true, prompts: [] });
    writeFileSync(path('sent.eml'), await sink.next(), 'latin1');
    openssl('cms', '-decrypt', '-in', 'sent.eml', '-recip', `${other}-encrypt.pem`, '-inkey', `${other}-encrypt.key`, '-out', 'opened.eml');
    const trust = ['-CAfile', 'root.pem', '-purpose', 'smimesign'];
    openssl('cms', '-verify', '-in', 'opened.eml', ...trust, '-signer', 'signer.pem', '-out', 'said.eml');
    expect(readFileSync(path('said.eml'), 'utf8')).toContain(mail.body);
    expect(print('signer.pem')).toBe(print(`${name}-sign.pem`));
  });

  it('encrypts to a colleague whose certificate came with the set-up, who has no account here', async () => {
    const mail = { from: addressOf('ada'), to: addressOf('cy'), subject: 'Rota', body: 'Thursday is yours.' };
    expect(await sendMail(thunderbird, mail)).toEqual({ isSigned: true, isEncrypted: true, prompts: [] });
    writeFileSync(path('sent.eml'), await sink.next(), 'latin1');
    openssl('cms', '-decrypt', '-in', 'sent.eml', '-recip', 'cy-encrypt.pem', '-inkey', 'cy-encrypt.key', '-out', 'opened.eml');
    expect(openssl('cms', '-verify', '-in', 'opened.eml', '-CAfile', 'root.pem', '-purpose', 'smimesign')).toContain(mail.body);
  });

  it.each(['dee', 'ada'])(
    'sends with the OpenPGP key of %s what gpg decrypts and verifies, also where there are certificates',
    async (name) => {
      const mail = { from: addressOf(name), to: addressOf('eve'), subject: 'Partner', body: `For the partner. ${name}` };
      expect(await sendMail(thunderbird, mail)).toEqual({ isSigned: true, isEncrypted: true, prompts: [] });
      const message = /-----BEGIN PGP MESSAGE-----[^]+-----END PGP MESSAGE-----/.exec(await sink.next())?.[0] ?? '';
      const { stdout, stderr } = eve.gpg(['--status-fd', '2', '--decrypt'], { input: message, password: passphrase });
      expect(stdout.toString()).toContain(mail.body);
      expect(stderr).toContain('DECRYPTION_OKAY');
      expect(stderr).toContain(`VALIDSIG ${fingerprints.get(name)}`);
    },
  );

  it('shows a mail gpg made for an OpenPGP key as signed by whom it knows, and encrypted', async () => {
    expect(await showMail(thunderbird, writeOpenPgpMail('dee'))).toMatchObject({
      openPgp: { signature: 'verified', encryption: 'ok' },
      body: expect.stringContaining('The partner has answered.'),
    });
  });

  it('is not written to and not judged while it is open, and is ready still when it was closed', async () => {
    // Thunderbird writes this file itself while it is open: what Keyward would write are settings of identities.
    const settings = () => readFileSync(join(profile, 'prefs.js'), 'utf8').match(/^.*mail\.identity\..*$/gm);
    const before = settings();
    expect(before?.length).toBeGreaterThan(10);
    await expect(client.mail.export(targetOf('ada'))).rejects.toMatchObject({ code: 'client.open' });
    await expect(client.mail.check(targetOf('ada'))).rejects.toMatchObject({ code: 'client.open' });
    expect(settings()).toEqual(before);
    expect((await client.mail.plan(targetOf('ada'))).profile.isOpen).toBe(true);
    await thunderbird.stop();
    const provedAt = expect.any(String) as string;
    const ready = { isReady: true, profile, findings: [], provedAt };
    for (const { name } of people) expect(await client.mail.check(targetOf(name))).toEqual(ready);
    for (const name of ['dee', 'ada']) expect(await client.mail.check({ ...targetOf(name), technology: 'openpgp' })).toEqual(ready);
  });

  it('opens the mail from before a renewal and the mail after it, and signs with what is new', async () => {
    await thunderbird.stop();
    copyFileSync(writeMail('bo', 'ada'), path('from-before.eml'));
    const before = print('ada-sign.pem');
    const { id: person } = await client.people.show({ person: addressOf('ada') });
    await client.certificates.renew({ person });
    await writeFilesOf('ada');
    expect(print('ada-sign.pem')).not.toBe(before);
    await client.mail.export({ ...targetOf('ada'), recipients: [addressOf('cy')] });
    thunderbird = await startThunderbird(profile, path('home'));
    copyFileSync(writeMail('bo', 'ada'), path('from-after.eml'));
    for (const file of ['from-before.eml', 'from-after.eml'])
      expect(await showMail(thunderbird, path(file)), file).toMatchObject({
        signature: 0,
        encryption: 0,
        body: expect.stringContaining('The results of Thursday are in.'),
      });
    const mail = { from: addressOf('ada'), to: addressOf('cy'), subject: 'Rota', body: 'Friday is yours.' };
    expect(await sendMail(thunderbird, mail)).toEqual({ isSigned: true, isEncrypted: true, prompts: [] });
    writeFileSync(path('sent.eml'), await sink.next(), 'latin1');
    openssl('cms', '-decrypt', '-in', 'sent.eml', '-recip', 'cy-encrypt.pem', '-inkey', 'cy-encrypt.key', '-out', 'opened.eml');
    openssl('cms', '-verify', '-in', 'opened.eml', '-CAfile', 'root.pem', '-purpose', 'smimesign', '-signer', 'signer.pem');
    expect(print('signer.pem')).toBe(print('ada-sign.pem'));
  });
});
