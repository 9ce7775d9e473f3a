import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault } from '../../main/adapters/key-stores/vault/vault.ts';
import { openCore } from '../../main/compose.ts';
import { createClient, type Client } from '../../main/contract/client.ts';
import type { Door } from '../../main/contract/door.ts';
import { secret } from '../services/support/practice.ts';
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

const addressOf = (name: string): string => `${name}@ridgeway.example`;

let directory: string;
let door: Door;
let client: Client;
let sink: SmtpSink;
let profile: string;
let thunderbird: RunningThunderbird;

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

/** A person's certificates and keys as openssl takes them: NAME-sign.pem, NAME-sign.key and so on. */
async function writeFilesOf(name: string): Promise<void> {
  for (const { id, purpose } of (await client.people.show({ person: addressOf(name) })).certificates) {
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

/** Where it must run, a missing program is a failure and no skip. */
const canRun = existsSync(program) || process.env['CI'] !== undefined;

describe.runIf(canRun)('a real Thunderbird, started after the export', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'kw-'));
    sink = await startSmtpSink();
    await makePractice();
    const addresses = people.map(({ name }) => addressOf(name));
    profile = makeProfile(path('profile'), accountPreferences(addresses, sink.port));
    const { person: cy } = await client.people.add({ name: 'cy', emails: [addressOf('cy')] });
    await issueTo(cy, 'rsa-3072');
    await writeFilesOf('cy');
    await client.mail.export({ ...targetOf('ada'), recipients: [cy] });
    await client.mail.export({ ...targetOf('bo'), encrypt: 'always' });
    thunderbird = await startThunderbird(profile, path('home'));
  });

  afterAll(async () => {
    await thunderbird.stop();
    await sink.close();
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
    const print = (file: string) => openssl('x509', '-in', file, '-noout', '-fingerprint', '-sha256');
    expect(print('signer.pem')).toBe(print(`${name}-sign.pem`));
  });

  it('encrypts to a colleague whose certificate came with the set-up, who has no account here', async () => {
    const mail = { from: addressOf('ada'), to: addressOf('cy'), subject: 'Rota', body: 'Thursday is yours.' };
    expect(await sendMail(thunderbird, mail)).toEqual({ isSigned: true, isEncrypted: true, prompts: [] });
    writeFileSync(path('sent.eml'), await sink.next(), 'latin1');
    openssl('cms', '-decrypt', '-in', 'sent.eml', '-recip', 'cy-encrypt.pem', '-inkey', 'cy-encrypt.key', '-out', 'opened.eml');
    expect(openssl('cms', '-verify', '-in', 'opened.eml', '-CAfile', 'root.pem', '-purpose', 'smimesign')).toContain(mail.body);
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
    for (const { name } of people)
      expect(await client.mail.check(targetOf(name))).toEqual({ isReady: true, profile, findings: [], provedAt });
  });
});
