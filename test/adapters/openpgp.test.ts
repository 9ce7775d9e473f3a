import { createPublicKey, hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createOpenPgpThreads } from '../../main/adapters/openpgp/thread.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import { readArmor } from '../../main/domain/openpgp/armor.ts';
import { openPgpAlgorithms, type OpenPgpAlgorithm } from '../../main/domain/openpgp/algorithm.ts';
import { userIdOf } from '../../main/domain/openpgp/user-id.ts';
import { openPgpValidity } from '../../main/domain/openpgp/validity.ts';
import type { NewOpenPgpKey } from '../../main/ports/openpgp.ts';
import { listedKey, openKeyring, type Keyring } from '../gnupg/keyring.ts';

/** As the product has it: each act in a thread of its own. */
const openPgp = createOpenPgpThreads(workerEntry('openpgp'));

const password = 'k7wd-separately-9x';

function newKeyring(): Keyring {
  const keyring = openKeyring();
  onTestFinished(() => keyring.close());
  return keyring;
}

const secretsOf = ({ certificate, primaryKey, subkey }: NewOpenPgpKey) => ({
  certificate,
  primaryKey: primaryKey.secret,
  subkey: subkey.secret,
});

async function make(algorithm: OpenPgpAlgorithm, now = new Date(), days = 730) {
  const validity = openPgpValidity(now, days);
  const userIds = ['ada@ridgeway.example', 'cardiology@ridgeway.example'].map((address) => userIdOf('Ada Łovelace', address));
  const made = await openPgp.generate({ algorithm, userIds, ...validity });
  return { made, ...validity };
}

/** GnuPG's numbers of algorithms (RFC 9580 section 9.1). */
const expected = {
  curve25519: { primary: 22, sub: 18, curves: ['ed25519', 'cv25519'] },
  rsa2048: { primary: 1, sub: 1, curves: ['', ''] },
  rsa3072: { primary: 1, sub: 1, curves: ['', ''] },
  rsa4096: { primary: 1, sub: 1, curves: ['', ''] },
} as const;

/** The SubjectPublicKeyInfo of primary key and subkey: RFC 8410 written by hand, RSA by Node. */
const rsaSpki = ([n, e, subkeyN, subkeyE]: readonly Buffer[]): readonly Buffer[] =>
  [
    [n, e],
    [subkeyN, subkeyE],
  ].map(([modulus, exponent]) => {
    const jwk = { kty: 'RSA', n: modulus?.toString('base64url') ?? '', e: exponent?.toString('base64url') ?? '' };
    return createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' });
  });
const spkiOf: Readonly<Record<OpenPgpAlgorithm, (numbers: readonly Buffer[]) => readonly Buffer[]>> = {
  curve25519: ([, point, , subkeyPoint]) => [
    Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), point?.subarray(-32) ?? Buffer.of()]),
    Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), subkeyPoint?.subarray(-32) ?? Buffer.of()]),
  ],
  rsa2048: rsaSpki,
  rsa3072: rsaSpki,
  rsa4096: rsaSpki,
};

describe.each(openPgpAlgorithms)('an OpenPGP key of %s', (algorithm) => {
  let made: NewOpenPgpKey;
  let armored: Uint8Array;
  let secret: Uint8Array;
  let createdAt: Date;
  let expiresAt: Date;
  beforeAll(async () => {
    ({ made, createdAt, expiresAt } = await make(algorithm));
    armored = await openPgp.armorCertificate(made.certificate);
    secret = await openPgp.protect(secretsOf(made), Buffer.from(password));
  });

  it('is imported by gpg: its parts, its addresses, its fingerprint and its end are what they were said to be', () => {
    const keyring = newKeyring();
    keyring.take(armored);
    const [primary, sub] = [listedKey(keyring, 'pub'), listedKey(keyring, 'sub')];
    const { primary: primaryAlgorithm, sub: subAlgorithm, curves } = expected[algorithm];
    expect([primary.algorithm, sub.algorithm]).toEqual([primaryAlgorithm, subAlgorithm]);
    expect([primary.curve, sub.curve]).toEqual(curves);
    expect([primary.capabilities, sub.capabilities]).toEqual(['scESC', 'e']);
    for (const { createdAt: created, expiresAt: expires } of [primary, sub])
      expect([created * 1000, expires * 1000]).toEqual([createdAt.getTime(), expiresAt.getTime()]);
    const records = keyring.records('--fingerprint', '--fingerprint');
    expect(records.filter(([type]) => type === 'fpr').map((fields) => fields[9]?.toLowerCase())).toEqual([
      made.primaryKey.fingerprint,
      made.subkey.fingerprint,
    ]);
    expect(records.filter(([type]) => type === 'uid').map((fields) => fields[9])).toEqual([
      'Ada Łovelace <ada@ridgeway.example>',
      'Ada Łovelace <cardiology@ridgeway.example>',
    ]);
  });

  it('asks for AES and SHA-2 alone, and promises nothing that GnuPG 2.2 does not know', () => {
    const packets = newKeyring().gpg(['--list-packets'], { input: armored }).stdout.toString('utf8');
    expect(packets.match(/version \d/g)?.every((version) => version === 'version 4')).toBe(true);
    expect(packets.match(/pref-sym-algos: [\d ]+/g)).toEqual(['pref-sym-algos: 9 7', 'pref-sym-algos: 9 7']);
    expect(packets.match(/pref-hash-algos: [\d ]+/g)).toEqual(['pref-hash-algos: 10 8', 'pref-hash-algos: 10 8']);
    expect(packets.match(/features: \d+/g)).toEqual(['features: 01', 'features: 01']);
    expect(packets).not.toMatch(/pref-aead|\bunknown\b|\bbad\b/i);
  });

  it('opens as a whole by its password, or what opens mail alone where the primary key was left out, and by no other', async () => {
    const binary = (text: Uint8Array): Uint8Array => readArmor(text)[0]?.octets ?? new Uint8Array();
    const right = () => Buffer.from(password);
    expect(await openPgp.unlocks(binary(secret), right())).toBe('everything');
    expect(await openPgp.unlocks(binary(secret), Buffer.from('k7wd-separately-9y'))).toBe('nothing');
    expect(await openPgp.unlocks(made.certificate, right())).toBe('nothing');
    const { certificate, subkey } = secretsOf(made);
    const stub = await openPgp.protect({ certificate, subkey: Uint8Array.from(subkey), isChance: true }, right());
    expect(await openPgp.unlocks(binary(stub), right())).toBe('opens-mail');
    expect(newKeyring().gpg(['--list-packets'], { input: stub }).stdout.toString()).toContain('protect count: 65536 (96)');
  });

  it('is imported with its secrets, signs and opens with the password, and with no other', () => {
    const [own, other] = [newKeyring(), newKeyring()];
    own.take(secret);
    other.take(armored);
    expect(listedKey(own, 'sec').capabilities).toBe('scESC');
    const wrong = own.gpg(['--detach-sign'], { input: 'a letter', password: 'k7wd-separately-9y' });
    expect(wrong.succeeded).toBe(false);
    const signature = own.gpg(['--detach-sign'], { input: 'a letter', password });
    expect(signature.succeeded, signature.stderr).toBe(true);
    writeFileSync(other.path('letter.sig'), signature.stdout);
    expect(other.gpg(['--verify', other.path('letter.sig'), '-'], { input: 'a letter' }).stderr).toContain('Good signature');
    expect(other.gpg(['--verify', other.path('letter.sig'), '-'], { input: 'another letter' }).stderr).toContain('BAD signature');

    const recipient = ['--trust-model', 'always', '--recipient', 'cardiology@ridgeway.example'];
    const sealed = other.gpg([...recipient, '--encrypt'], { input: 'for Ada' });
    expect(sealed.succeeded, sealed.stderr).toBe(true);
    expect(own.gpg(['--decrypt'], { input: sealed.stdout, password }).stdout.toString()).toBe('for Ada');
  });

  it('protects both secrets with AES-256 in CFB, iterated and salted as often as gpg does', () => {
    const packets = newKeyring().gpg(['--list-packets'], { input: secret }).stdout.toString('utf8');
    expect(packets.match(/iter\+salt S2K, algo: 9, SHA1 protection, hash: 8/g)).toHaveLength(2);
    expect(packets.match(/protect count: 65011712/g)).toHaveLength(2);
  });

  it('is revoked in gpg once the revocation certificate of its birth is imported', () => {
    const keyring = newKeyring();
    keyring.take(armored);
    expect(listedKey(keyring, 'pub').validity).not.toBe('r');
    keyring.take(made.revocation);
    expect(listedKey(keyring, 'pub').validity).toBe('r');
    const refused = keyring.gpg(['--trust-model', 'always', '--recipient', 'ada@ridgeway.example', '--encrypt'], { input: 'late' });
    expect(refused.succeeded).toBe(false);
  });

  it('is known by the hash of the SubjectPublicKeyInfo of each part, made of the numbers that gpg reads', () => {
    const keyring = newKeyring();
    keyring.take(armored);
    const numbers = keyring.records('--with-key-data', '--list-keys').filter(([type]) => type === 'pkd');
    const [first, second] = spkiOf[algorithm](numbers.map((fields) => Buffer.from(fields[3] ?? '', 'hex')));
    expect([made.primaryKey.spkiSha256, made.subkey.spkiSha256]).toEqual([first, second].map((spki) => hash('sha256', spki ?? '', 'hex')));
  });

  it('does not take the secrets of another key, nor altered ones', async () => {
    const { made: other } = await make('curve25519');
    await expect(openPgp.protect({ ...secretsOf(made), subkey: other.subkey.secret }, Buffer.from(password))).rejects.toMatchObject({
      code: 'store.corrupt',
    });
    const altered = Uint8Array.from(made.primaryKey.secret).fill(0, -2);
    await expect(openPgp.protect({ ...secretsOf(made), primaryKey: altered }, Buffer.from(password))).rejects.toMatchObject({
      code: 'store.corrupt',
    });
    await expect(openPgp.armorCertificate(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'store.corrupt' });
  });
});

it('secrets and password stay the caller’s, whole, and what was made is the caller’s alone', async () => {
  const { made } = await make('curve25519');
  const given = Buffer.from(password);
  const before = Buffer.from(made.primaryKey.secret);
  await openPgp.protect(secretsOf(made), given);
  expect(given.toString()).toBe(password);
  expect(Buffer.from(made.primaryKey.secret).equals(before)).toBe(true);
  made.primaryKey.secret.fill(0);
  await expect(openPgp.protect(secretsOf(made), given)).rejects.toMatchObject({ code: 'store.corrupt' });
});

it('gpg sees that a key has ended, and encrypts nothing to it any more', async () => {
  const { made } = await make('curve25519', new Date(Date.now() - 3 * 86_400_000), 2);
  const keyring = newKeyring();
  keyring.take(await openPgp.armorCertificate(made.certificate));
  expect(listedKey(keyring, 'pub').validity).toBe('e');
  const refused = keyring.gpg(['--trust-model', 'always', '--recipient', 'ada@ridgeway.example', '--encrypt'], { input: 'late' });
  expect(refused.succeeded).toBe(false);
});
