import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { privateDirectory, run, secretFile } from '../domain/pfx/engines.ts';
import { enroll, file, newPractice, secret } from '../services/support/practice.ts';
import { clientSamples, makeSample } from './support/client-samples.ts';
import { chooseSender, codeIn, sender } from './support/correspondent.ts';
import { certutil } from './support/profile.ts';

const address = 'ada@ridgeway.example';
const neomuttProgram = fileURLToPath(new URL('support/neomutt_pty.py', import.meta.url));
const camelProgram = fileURLToPath(new URL('support/camel.py', import.meta.url));

/** Her keys in one program, by the export; what openssl needs beside it. */
async function exported(id: string, profilePassword?: string) {
  const sample = clientSamples.find((candidate) => candidate.id === id);
  if (sample === undefined) throw new Error('no such sample');
  const directory = privateDirectory();
  const profile = makeSample(directory, sample, address);
  const practice = await newPractice(
    { mailClients: [sample.create(directory)] },
    { rootAlgorithm: 'rsa-4096', issuingAlgorithm: 'rsa-4096' },
  );
  const { client } = practice;
  const { person } = await client.people.add({ name: 'Ada Lovelace', emails: [address] });
  await enroll(practice, [person], { algorithm: 'rsa-2048' });
  const password = profilePassword === undefined ? {} : { profilePassword: secret(profilePassword) };
  await client.mail.export({ person, client: sample.id, target: profile, ...password });
  const path = (name: string) => join(directory, name);
  const { certificates } = await client.people.show({ person });
  for (const { id: certificate, purpose } of certificates)
    writeFileSync(path(`${purpose}.pem`), (await client.certificates.export({ certificate, format: 'pem' })).bytes);
  for (const { id: authority, parentId } of (await client.authorities.list({})).authorities)
    writeFileSync(
      path(parentId === null ? 'root.pem' : 'issuing.pem'),
      (await client.authorities.export({ authority, format: 'pem' })).bytes,
    );
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  const fingerprint = (name: string) =>
    openssl('x509', '-in', name, '-noout', '-fingerprint', '-sha1').replace(/^.*=/, '').replaceAll(':', '').trim();
  return { directory, profile, path, openssl, fingerprint, practice };
}

describe('gpgsm, which KMail, Kleopatra, Claws Mail and NeoMutt work with', () => {
  it('signs, verifies, encrypts and decrypts with what was put there, and only with the password that was given', async () => {
    const { directory, profile, path, openssl, fingerprint } = await exported('gnupg', 'a word of her own');
    const right = secretFile(directory, 'right', 'a word of her own');
    const wrong = secretFile(directory, 'wrong', 'another');
    const gpgsm = (password: string, ...args: readonly string[]) => {
      const options = ['--homedir', join(profile, '.gnupg'), '--batch', '--disable-crl-checks', '--disable-dirmngr'];
      return run('gpgsm', [...options, '--pinentry-mode', 'loopback', '--passphrase-fd', '0', ...args], {
        cwd: directory,
        input: readFileSync(password, 'utf8'),
      });
    };
    try {
      writeFileSync(path('said.txt'), 'The results are in.\n');
      const sign = ['--yes', '--detach-sign', '-u', fingerprint('sign.pem'), '-o', 'said.p7s', 'said.txt'];
      expect(gpgsm(wrong, ...sign)).toMatchObject({ succeeded: false });
      expect(gpgsm(right, ...sign)).toMatchObject({ succeeded: true });
      expect(gpgsm(right, '--verify', 'said.p7s', 'said.txt').output).toContain('Good signature');
      openssl(
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-in',
        'said.p7s',
        '-content',
        'said.txt',
        '-binary',
        '-CAfile',
        'root.pem',
        '-out',
        'read.txt',
      );
      expect(gpgsm(right, '--encrypt', '-r', fingerprint('encrypt.pem'), '-o', 'sealed.p7m', 'said.txt')).toMatchObject({
        succeeded: true,
      });
      openssl('cms', '-encrypt', '-aes256', '-outform', 'DER', '-in', 'said.txt', '-binary', '-out', 'openssl.p7m', 'encrypt.pem');
      for (const sealed of ['sealed.p7m', 'openssl.p7m']) {
        expect(gpgsm(right, '--yes', '--decrypt', '-o', 'opened.txt', sealed)).toMatchObject({ succeeded: true });
        expect(readFileSync(path('opened.txt'), 'utf8')).toBe('The results are in.\n');
      }
    } finally {
      run('gpgconf', ['--homedir', join(profile, '.gnupg'), '--kill', 'all']);
    }
  });

  it('is told by NeoMutt itself which certificates it signs with and encrypts to', async () => {
    const { profile, fingerprint } = await exported('neomutt');
    const ask = (name: string) =>
      run('neomutt', ['-n', '-F', join(profile, '.neomuttrc'), '-Q', name], { env: { HOME: profile } }).output.trim();
    expect(ask('smime_sign_as')).toBe(`set smime_sign_as = "${fingerprint('sign.pem')}"`);
    expect(ask('smime_default_key')).toBe(`set smime_default_key = "${fingerprint('encrypt.pem')}"`);
    expect(ask('crypt_autosign')).toMatch(/^set crypt_auto_?sign = yes$/);
    expect(ask('crypt_use_gpgme')).toBe('set crypt_use_gpgme = yes');
  });
});

describe('NeoMutt in a terminal', () => {
  it('opens a test message and says who signed it; its answer, signed and encrypted there, is the proof', async () => {
    const { profile, path, openssl, practice } = await exported('neomutt');
    await chooseSender(practice, { algorithm: 'rsa-2048' });
    const { file: test } = await practice.client.mail.test({ person: address, client: 'neomutt' });
    writeFileSync(
      path('inbox'),
      `From keys Sat Nov 28 10:00:00 2026\n${Buffer.from(test?.bytes ?? [])
        .toString()
        .replaceAll('\r', '')}\n`,
    );
    writeFileSync(join(profile, 'sendmail'), '#!/bin/sh\ncat > "$HOME/sent.eml"\n', { mode: 0o700 });
    appendFileSync(join(profile, '.gnupg/gpgsm.conf'), 'disable-crl-checks\ndisable-dirmngr\n');
    const sit = (...args: readonly string[]) => run('/usr/bin/python3', [neomuttProgram, args[0] ?? '', profile, ...args.slice(1)]).output;
    try {
      const shown = sit('read', path('inbox'));
      expect(shown).toMatch(/Good signature from/);
      const code = codeIn(shown);
      expect(code, shown).not.toBe('');
      writeFileSync(path('said.txt'), `It works.\n\n> ${code}\n`);
      expect(sit('send', path('said.txt'), sender)).toContain('Sign, Encrypt (S/MIME)');
      const sent = readFileSync(join(profile, 'sent.eml'));
      expect(sent.toString()).not.toContain(code);
      expect(openssl('cms', '-cmsout', '-print', '-noout', '-in', join(profile, 'sent.eml'))).toMatch(/pkcs7-envelopedData/);
      const proof = await practice.client.mail.takeProof({ file: file('sent.eml', sent) });
      expect(proof).toMatchObject({ client: 'neomutt', released: [expect.any(String)] });
      const { mailSetups } = await practice.client.people.show({ person: address });
      expect(mailSetups).toMatchObject([{ client: 'neomutt', provedAt: proof.provedAt }]);
    } finally {
      run('gpgconf', ['--homedir', join(profile, '.gnupg'), '--kill', 'all']);
    }
  });
});

describe('libcamel, the engine of Evolution', () => {
  it('signs, verifies, encrypts and decrypts by the names its settings were given', async () => {
    const { directory, profile } = await exported('evolution');
    const source = readFileSync(join(profile, '.config/evolution/sources/1f.source'), 'utf8');
    const name = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(source)?.[1] ?? '';
    const names = [name('SigningCertificate'), name('EncryptionCertificate')];
    const camel = () => run('/usr/bin/python3', [camelProgram, address, ...names, directory], { env: { HOME: profile } });
    expect(camel()).toMatchObject({ succeeded: true, output: expect.stringMatching(/signature True\s+opened True/) });
    expect(existsSync(join(profile, '.pki/nssdb/key4.db'))).toBe(true);
    const root = /^(.*\S)\s+,C,\s*$/m.exec(certutil(join(profile, '.pki/nssdb'), '-L').said)?.[1] ?? '';
    expect(certutil(join(profile, '.pki/nssdb'), '-M', '-n', root, '-t', ',,').isGood).toBe(true);
    expect(camel().output).not.toContain('signature True');
  });
});

describe('an NSS database by the name of its directory', () => {
  const nss = (directory: string, name: 'certutil' | 'pk12util', ...args: readonly string[]) =>
    run(name, ['-d', `sql:${directory}`, ...args], { cwd: directory });

  it('has the person in it: pk12util takes the pair out again under its password, and openssl finds each key fits its certificate', async () => {
    const { directory, profile, path, openssl } = await exported('nss', 'a word of her own');
    const right = secretFile(directory, 'right', 'a word of her own\n');
    const wrong = secretFile(directory, 'wrong', 'another\n');
    const out = secretFile(directory, 'out', 'for the file\n');
    expect(nss(profile, 'certutil', '-K', '-f', wrong).succeeded).toBe(false);
    const listed = nss(profile, 'certutil', '-L', '-f', right).output;
    const nicknames = new Set(Array.from(listed.matchAll(/^(\S.*?)\s+u,u,u\s*$/gm), ([, name = '']) => name));
    const keys = [...nicknames].flatMap((nickname) => {
      expect(nss(profile, 'pk12util', '-o', path('taken.p12'), '-n', nickname, '-k', right, '-w', out)).toMatchObject({ succeeded: true });
      openssl('pkcs12', '-legacy', '-in', 'taken.p12', '-passin', `file:${out}`, '-nodes', '-nocerts', '-out', 'keys.pem');
      return readFileSync(path('keys.pem'), 'utf8').match(/-----BEGIN[^]*?END PRIVATE KEY-----/g) ?? [];
    });
    const moduli = keys.map((pem) => {
      writeFileSync(path('key.pem'), pem);
      return openssl('rsa', '-in', 'key.pem', '-noout', '-modulus');
    });
    const own = ['sign.pem', 'encrypt.pem'].map((name) => openssl('x509', '-in', name, '-noout', '-modulus'));
    expect(moduli.toSorted()).toEqual(own.toSorted());
  });

  it('that has a password is asked for it, before anything is written, and never taken for one without', async () => {
    const { directory, profile, practice } = await exported('nss', 'a word of her own');
    const before = readFileSync(join(profile, 'key4.db'));
    const target = { person: address, client: 'nss', target: profile } as const;
    await practice.client.certificates.renew({ person: (await practice.client.people.show({ person: address })).id });
    await expect(practice.client.mail.export(target)).rejects.toMatchObject({ code: 'client.locked' });
    await expect(practice.client.mail.export({ ...target, profilePassword: secret('another') })).rejects.toMatchObject({
      code: 'client.locked',
    });
    expect(readFileSync(join(profile, 'key4.db')).equals(before)).toBe(true);
    expect(await practice.client.mail.export({ ...target, profilePassword: secret('a word of her own') })).toMatchObject({ checked: true });
    expect(existsSync(join(directory, 'profile', '.keyward-undo'))).toBe(false);
  });
});
