import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addPeople, enroll, newPractice, secret } from '../services/support/practice.ts';
import { stoppedReaderService } from '../services/support/reader-service.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { impatient, newSoftHsm } from '../services/support/soft-hsm.ts';
import { certutil, snapshot } from './support/profile.ts';
import { startSmtpSink } from './support/smtp-sink.ts';
import { accountPreferences, makeProfile, program, sendMail, startThunderbird, typePin } from './support/thunderbird.ts';

const canRun = existsSync(program) || process.env['CI'] !== undefined;

/** Somebody whose signing key is on a card and whose opening key is in the vault, a colleague, and a profile with an account for each. */
async function practiceWithCardAndProfile() {
  const hsm = newSoftHsm();
  const token = hsm.addToken('Ada card');
  const practice = await newPractice(
    { tokenModules: [softHsmModule], tokenDeadlines: impatient, readerService: stoppedReaderService },
    { subjectAlgorithm: 'rsa-2048' },
  );
  const { client } = practice;
  const [ada = '', bo = ''] = await addPeople(practice, 2);
  await client.tokens.enroll({ person: ada, token, pin: secret(pin) });
  await enroll(practice, [bo]);
  const sink = await startSmtpSink();
  onTestFinished(() => sink.close());
  const addresses = await Promise.all([ada, bo].map(async (person) => (await client.people.show({ person })).mailboxes[0] ?? ''));
  const profile = makeProfile(join(hsm.directory, 'profile'), accountPreferences(addresses, sink.port));
  const targetOf = (person: string) => ({ person, client: 'thunderbird', target: profile }) as const;
  return { ...practice, hsm, token, ada, bo, addresses, sink, profile, targetOf };
}

type Setting = Awaited<ReturnType<typeof practiceWithCardAndProfile>>;

/** The root, and of one person the certificate for a purpose and, from the vault, its key, as openssl takes them. */
async function filesFor({ client, hsm }: Setting, person: string, purpose: string) {
  const path = (name: string) => join(hsm.directory, name);
  const certificate = (await client.people.show({ person })).certificates.find((one) => one.purpose === purpose);
  const id = certificate?.id ?? '';
  writeFileSync(path('certificate.pem'), (await client.certificates.export({ certificate: id, format: 'pem' })).bytes);
  const root = (await client.authorities.list({})).authorities.find(({ parentId }) => parentId === null);
  writeFileSync(path('root.pem'), (await client.authorities.export({ authority: root?.id ?? '', format: 'pem' })).bytes);
  if (certificate?.keyStore !== 'vault') return;
  const { file, password } = await client.certificates.exportPrivateKey({ certificates: [id], format: 'pkcs8' });
  writeFileSync(path('sealed.key'), file.bytes, { mode: 0o600 });
  writeFileSync(path('password'), password?.reveal() ?? '', { mode: 0o600 });
  execFileSync('openssl', ['pkey', '-in', path('sealed.key'), '-passin', `file:${path('password')}`, '-out', path('opening.key')]);
}

describe.runIf(canRun)('Thunderbird and a card', () => {
  it('is given the driver of the card; a mail it signs with the card and encrypts, openssl opens and verifies', async () => {
    const setting = await practiceWithCardAndProfile();
    const { client, hsm, ada, bo, addresses, sink, profile, targetOf } = setting;
    const { writes } = await client.mail.plan(targetOf(ada));
    expect(writes).toContainEqual({ file: 'pkcs11.txt', what: 'the driver of their card' });
    await client.mail.export(targetOf(bo));
    await filesFor(setting, ada, 'sign');
    const signing = readFileSync(join(hsm.directory, 'certificate.pem'), 'utf8');
    const someLineOf = (pem: string) => pem.split(/\r?\n/)[8] ?? '';
    expect(someLineOf(signing)).toHaveLength(64);
    expect(certutil(profile, '-A', '-n', 'seen in a mail', '-t', ',,', '-i', join(hsm.directory, 'certificate.pem')).isGood).toBe(true);
    await client.mail.export(targetOf(ada));
    // The other one is called by the same name, because its subject is the same.
    const bare = join(hsm.directory, 'bare');
    mkdirSync(bare);
    for (const name of ['cert9.db', 'key4.db']) copyFileSync(join(profile, name), join(bare, name));
    expect(certutil(bare, '-L', '-a', '-n', 'seen in a mail').said).not.toContain(someLineOf(signing));
    expect(readFileSync(join(profile, 'pkcs11.txt'), 'utf8')).toContain(`library=${softHsmModule.library}\n`);
    expect(await client.mail.check(targetOf(ada))).toMatchObject({ isReady: true });
    const thunderbird = await startThunderbird(profile, join(hsm.directory, 'home'), {
      environment: { SOFTHSM2_CONF: join(hsm.directory, 'softhsm2.conf') },
    });
    onTestFinished(() => thunderbird.stop());
    expect(await typePin(thunderbird, 'Ada card', pin, join(hsm.directory, 'asked'))).toContain('Ada card');
    const [from = '', to = ''] = addresses;
    const mail = { from, to, subject: 'Results', body: 'The results of Thursday are in.' };
    expect(await sendMail(thunderbird, mail)).toEqual({ isSigned: true, isEncrypted: true, prompts: [] });
    const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: hsm.directory, encoding: 'utf8', stdio: 'pipe' });
    await filesFor(setting, bo, 'encrypt');
    writeFileSync(join(hsm.directory, 'sent.eml'), await sink.next(), 'latin1');
    openssl('cms', '-decrypt', '-in', 'sent.eml', '-recip', 'certificate.pem', '-inkey', 'opening.key', '-out', 'opened.eml');
    const trust = ['-CAfile', 'root.pem', '-purpose', 'smimesign'];
    expect(openssl('cms', '-verify', '-in', 'opened.eml', ...trust, '-signer', 'signer.pem')).toContain(mail.body);
    await filesFor(setting, ada, 'sign');
    const print = (file: string) => openssl('x509', '-in', file, '-noout', '-fingerprint', '-sha256');
    expect(print('signer.pem')).toBe(print('certificate.pem'));
  });

  it('needs the card to be there when it is set up, and nothing of the profile changes without it', async () => {
    const { client, hsm, ada, profile, targetOf } = await practiceWithCardAndProfile();
    await client.mail.export(targetOf(ada));
    hsm.pullOut();
    await expect.poll(async () => (await client.tokens.list({})).tokens.length, { timeout: 10_000 }).toBe(0);
    const before = snapshot(profile);
    await expect(client.mail.export(targetOf(ada))).rejects.toMatchObject({ code: 'token.absent' });
    expect(snapshot(profile)).toEqual(before);
    expect(await client.mail.check(targetOf(ada))).toMatchObject({ isReady: true });
    writeFileSync(
      join(profile, 'pkcs11.txt'),
      readFileSync(join(profile, 'pkcs11.txt'), 'utf8').replace(softHsmModule.library, '/nowhere.so'),
    );
    const { isReady, findings } = await client.mail.check(targetOf(ada));
    expect([isReady, findings.map(({ code }) => code)]).toEqual([false, ['key-missing']]);
    expect((await client.mail.programs({ person: ada })).programs.find(({ client: id }) => id === 'evolution')).toMatchObject({
      obstacle: { code: 'unsupported' },
    });
    expect((await client.mail.programs({ person: ada })).programs.find(({ client: id }) => id === 'thunderbird')).toMatchObject({
      obstacle: { code: 'token.absent' },
    });
  });
});
