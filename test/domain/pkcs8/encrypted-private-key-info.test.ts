import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { pfxPrimitives } from '../../../main/adapters/primitives/pfx.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { readEncodedObjects } from '../../../main/domain/encoding/pem.ts';
import { encodeEncryptedPrivateKey } from '../../../main/domain/pkcs8/encrypted-private-key-info.ts';
import { privateKeyAlgorithm } from '../../../main/domain/pkcs8/private-key-info.ts';
import { algorithmOid } from '../../../main/domain/x509/oid.ts';
import { privateDirectory, run, secretFile } from '../pfx/engines.ts';

const password = 'k7wd-x3fm-qrst';
const pairs = {
  rsaEncryption: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ecPublicKey: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ed25519: generateKeyPairSync('ed25519'),
};
const pkcs8 = (kind: Kind): Buffer => pairs[kind].privateKey.export({ type: 'pkcs8', format: 'der' });
type Kind = keyof typeof pairs;
const kinds: readonly Kind[] = ['rsaEncryption', 'ecPublicKey', 'ed25519'];

test.each(kinds)('openssl reads an encrypted key of %s with its password and with no other', async (kind) => {
  const directory = privateDirectory();
  const file = secretFile(directory, 'key.pem', await encodeEncryptedPrivateKey(pkcs8(kind), Buffer.from(password), pfxPrimitives));
  const read = (typed: string) =>
    run('openssl', ['pkey', '-in', file, '-passin', `file:${secretFile(directory, 'password', typed)}`, '-pubout']);
  expect(read(password)).toEqual({ succeeded: true, output: pairs[kind].publicKey.export({ type: 'spki', format: 'pem' }) });
  expect(read(`${password}x`).succeeded).toBe(false);
});

test('it is one PEM block of PBES2 with AES-256 and 600,000 iterations', async () => {
  const pem = await encodeEncryptedPrivateKey(pkcs8('ed25519'), Buffer.from(password), pfxPrimitives);
  expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END ENCRYPTED PRIVATE KEY-----\n$/);
  const directory = privateDirectory();
  const { output } = run('openssl', ['asn1parse', '-in', secretFile(directory, 'key.pem', pem)]);
  for (const part of ['PBES2', 'PBKDF2', 'hmacWithSHA256', 'aes-256-cbc', ':0927C0']) expect(output).toContain(part);
  expect(readEncodedObjects(Buffer.from(pem)).map(({ label }) => label)).toEqual(['ENCRYPTED PRIVATE KEY']);
  const opened = createPrivateKey({ key: pem, passphrase: password });
  expect(opened.export({ type: 'pkcs8', format: 'der' })).toEqual(pkcs8('ed25519'));
});

test('an empty password is refused, so that no key leaves in the open', async () => {
  const error = await encodeEncryptedPrivateKey(pkcs8('ed25519'), new Uint8Array(), pfxPrimitives).catch((reason: unknown) => reason);
  expect(error instanceof AppError && error.code).toBe('input.empty');
});

test('the algorithm of a private key is read without looking at the key', () => {
  for (const kind of kinds) expect(privateKeyAlgorithm(pkcs8(kind))).toBe(algorithmOid[kind]);
});
