import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { quickPasswords } from '../../gnupg/quick-passwords.ts';
import { pfxPrimitives } from '../../../main/adapters/primitives/pfx.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { encodePfx, type PfxRequest, type PfxStyle } from '../../../main/domain/pfx/encode-pfx.ts';
import { makePki, privateDirectory, run, secretFile, type Issued, type TestPki } from './engines.ts';

const engineTimeout = 90_000;
const password = 'k7wd-x3fm qrst';
const names = { signing: 'Anna Grüße 名 \u{1f511}', encryption: 'Anna, encryption' };

let rsa: TestPki;
let ec: TestPki;
beforeAll(() => {
  rsa = makePki('rsa');
  ec = makePki('ec');
}, engineTimeout);

/** One person's keys with their certificates, then the chain. */
function request(pki: TestPki, style: PfxStyle, kinds: readonly ('signing' | 'encryption')[] = ['signing', 'encryption']): PfxRequest {
  const attributes = (kind: 'signing' | 'encryption') => ({ friendlyName: names[kind], localKeyId: Buffer.from(kind) });
  return {
    keys: kinds.map((kind) => ({ pkcs8: pki[kind].pkcs8, ...attributes(kind) })),
    certificates: [
      ...kinds.map((kind) => ({ der: pki[kind].certificate, ...attributes(kind) })),
      { der: pki.issuing, friendlyName: 'Issuing authority' },
      { der: pki.root },
    ],
    password: Buffer.from(password),
    style,
  };
}

/** The file, its password and a wrong one, in a directory of their own. */
async function written(content: PfxRequest) {
  const directory = privateDirectory();
  return {
    directory,
    file: secretFile(directory, 'keys.p12', await encodePfx(content, pfxPrimitives)),
    right: secretFile(directory, 'right', password),
    wrong: secretFile(directory, 'wrong', `${password}x`),
  };
}

const blocks = (pem: string, label: string): string[] =>
  pem.match(new RegExp(`-----BEGIN ${label}-----[^-]*-----END ${label}-----`, 'g')) ?? [];

/** The certificate whose key a private key is. */
function ownerOf(privateKeyPem: string, issued: readonly Issued[]): Issued | undefined {
  const publicKey = createPublicKey(createPrivateKey(privateKeyPem)).export({ format: 'der', type: 'spki' });
  return issued.find(({ certificate }) =>
    new X509Certificate(certificate).publicKey.export({ format: 'der', type: 'spki' }).equals(publicKey),
  );
}

const cases = [
  { name: 'modern, RSA', style: 'modern', pki: () => rsa },
  { name: 'modern, EC', style: 'modern', pki: () => ec },
  { name: 'compatible, RSA', style: 'compatible', pki: () => rsa },
] as const;

describe.each(cases)('a .p12 file, $name', ({ style, pki }) => {
  test('openssl finds both keys, each certificate and the chain in it', { timeout: engineTimeout }, async () => {
    const { file, right } = await written(request(pki(), style));
    const { succeeded, output } = run('openssl', ['pkcs12', '-in', file, '-passin', `file:${right}`, '-nodes']);
    expect(succeeded).toBe(true);
    const { root, issuing, signing, encryption } = pki();
    const certificates = blocks(output, 'CERTIFICATE').map((pem) => new X509Certificate(pem).raw);
    expect(certificates).toEqual([signing.certificate, encryption.certificate, issuing, root]);
    const keys = blocks(output, 'PRIVATE KEY');
    expect(keys.map((key) => ownerOf(key, [signing, encryption]))).toEqual([signing, encryption]);
    expect(output.match(/localKeyID: 73 69 67 6E 69 6E 67/g)).toHaveLength(2);
    expect(output.match(/friendlyName: Anna, encryption/g)).toHaveLength(2);
  });

  test('openssl refuses it with another password', async () => {
    const { file, wrong } = await written(request(pki(), style));
    const { succeeded, output } = run('openssl', ['pkcs12', '-in', file, '-passin', `file:${wrong}`, '-nodes']);
    expect(succeeded).toBe(false);
    expect(output).toContain('invalid password');
  });

  test('NSS imports both keys under their names, with the chain, and refuses another password', { timeout: engineTimeout }, async () => {
    const { directory, file, right, wrong } = await written(request(pki(), style));
    const empty = secretFile(directory, 'empty', '\n');
    const database = `sql:${join(directory, 'nss')}`;
    mkdirSync(join(directory, 'nss'), { mode: 0o700 });
    expect(run('certutil', ['-N', '-d', database, '-f', empty]).succeeded).toBe(true);
    expect(run('pk12util', ['-i', file, '-d', database, '-w', wrong, '-k', empty]).output).toContain('SEC_ERROR_BAD_PASSWORD');
    expect(run('certutil', ['-K', '-d', database, '-f', empty]).output).toContain('no keys found');

    expect(run('pk12util', ['-i', file, '-d', database, '-w', right, '-k', empty]).succeeded).toBe(true);
    const keys = run('certutil', ['-K', '-d', database, '-f', empty]).output;
    for (const name of Object.values(names)) expect(keys).toContain(name);
    const certificates = run('certutil', ['-L', '-d', database]).output;
    for (const name of [...Object.values(names), 'Issuing authority', 'root']) expect(certificates).toContain(name);
  });
});

test('openssl says what protects each style', async () => {
  const info = async (style: PfxStyle): Promise<string> => {
    const { file, right } = await written(request(rsa, style));
    return run('openssl', ['pkcs12', '-in', file, '-passin', `file:${right}`, '-info', '-noout']).output;
  };
  const modern = await info('modern');
  expect(modern).toContain('MAC: sha256, Iteration 20000');
  expect(modern.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 20000, PRF hmacWithSHA256/g)).toHaveLength(3);
  const compatible = await info('compatible');
  expect(compatible).toContain('MAC: sha1, Iteration 5000');
  expect(compatible.match(/pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 5000/g)).toHaveLength(3);
});

test('openssl signs and decrypts with the keys that came out', { timeout: engineTimeout }, async () => {
  const { directory, file, right } = await written(request(rsa, 'modern'));
  const pem = run('openssl', ['pkcs12', '-in', file, '-passin', `file:${right}`, '-nodes']).output;
  const [signing = '', encryption = ''] = blocks(pem, 'PRIVATE KEY');
  const [signingCertificate = '', encryptionCertificate = ''] = blocks(pem, 'CERTIFICATE');
  secretFile(directory, 'signing.pem', `${signing}\n${signingCertificate}\n`);
  secretFile(directory, 'encryption.pem', `${encryption}\n${encryptionCertificate}\n`);
  secretFile(directory, 'message', 'an appointment');
  const openssl = (...args: string[]): boolean => run('openssl', ['cms', ...args], { cwd: directory }).succeeded;
  expect(openssl('-sign', '-in', 'message', '-signer', 'signing.pem', '-nodetach', '-out', 'signed')).toBe(true);
  expect(openssl('-verify', '-in', 'signed', '-noverify', '-out', 'verified')).toBe(true);
  expect(openssl('-encrypt', '-aes-256-cbc', '-in', 'message', '-out', 'encrypted', 'encryption.pem')).toBe(true);
  expect(openssl('-decrypt', '-in', 'encrypted', '-recip', 'encryption.pem', '-out', 'decrypted')).toBe(true);
  expect(readFileSync(join(directory, 'decrypted'), 'utf8').trim()).toBe('an appointment');
});

test('gpgsm imports each key of compatible files with its chain, and refuses another password', { timeout: engineTimeout }, async () => {
  const directory = privateDirectory();
  secretFile(directory, 'gpg-agent.conf', `allow-loopback-pinentry\n${quickPasswords}\n`);
  const env = { GNUPGHOME: directory };
  const gpgsm = (args: readonly string[], input = '') =>
    run('gpgsm', ['--batch', '--disable-dirmngr', '--with-colons', ...args], { env, input });
  const load = (file: string, typed: string) => gpgsm(['--pinentry-mode', 'loopback', '--passphrase-fd', '0', '--import', file], typed);
  const secretKeys = (): string[] => gpgsm(['--list-secret-keys']).output.match(/CN=(signing|encryption)\b/g) ?? [];
  try {
    const signing = await written(request(rsa, 'compatible', ['signing']));
    const encryption = await written(request(rsa, 'compatible', ['encryption']));
    expect(load(signing.file, `${password}x`).succeeded).toBe(false);
    expect(secretKeys()).toEqual([]);
    expect(load(signing.file, password).succeeded).toBe(true);
    expect(load(encryption.file, password).succeeded).toBe(true);
    expect(secretKeys().toSorted()).toEqual(['CN=encryption', 'CN=signing']);
    const all = gpgsm(['--list-keys']).output;
    for (const name of ['CN=issuing', 'CN=root']) expect(all).toContain(name);
  } finally {
    run('gpgconf', ['--kill', 'all'], { env });
  }
});

test('an EC key does not go into a compatible file, and octets that are no key into none', async () => {
  const refusedAs = async (content: PfxRequest) => {
    const error = await encodePfx(content, pfxPrimitives).catch((reason: unknown) => reason);
    return error instanceof AppError ? error.code : error;
  };
  expect(await refusedAs(request(ec, 'compatible'))).toBe('input.unsupported-algorithm');
  expect(await refusedAs({ ...request(rsa, 'modern'), keys: [{ pkcs8: Uint8Array.of(0x30, 0x00) }] })).toBe('input.malformed-der');
  expect(await refusedAs({ ...request(rsa, 'modern'), password: Buffer.from('schlüssel') })).toBe('input.invalid');
});

test('every salt and initialisation vector is fresh, and the key stays with its owner', async () => {
  const drawn: string[] = [];
  const randomBytes = (length: number): Uint8Array => {
    const octets = pfxPrimitives.randomBytes(length);
    drawn.push(Buffer.from(octets).toString('hex'));
    return octets;
  };
  const before = Buffer.from(ec.signing.pkcs8);
  const file = Buffer.from(await encodePfx(request(ec, 'modern'), { ...pfxPrimitives, randomBytes })).toString('hex');
  // Salt and vector of the certificates and of each key, and the salt of the MAC.
  expect(new Set(drawn).size).toBe(7);
  for (const octets of drawn) expect(file.split(octets)).toHaveLength(2);
  expect(ec.signing.pkcs8.equals(before)).toBe(true);
});
