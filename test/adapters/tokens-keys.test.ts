import { createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { TokenModule } from '../../main/adapters/tokens/known-modules.ts';
import { createPkcs11Tokens } from '../../main/adapters/tokens/pkcs11.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import type { KeyAlgorithm } from '../../main/domain/key/algorithm.ts';
import { childEnvironment } from '../../main/domain/process/environment.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { impatient, newSoftHsm } from '../services/support/soft-hsm.ts';

const architecture = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
const spy: TokenModule = { name: 'SoftHSM', library: `/usr/lib/${architecture}-linux-gnu/pkcs11-spy.so`, isOpenedAnew: true };
const challenge = Buffer.from('a challenge nobody has seen before');
const ckaId = Buffer.from('5f1e', 'hex');

/** A token of its own; through OpenSC's spy, `calls` tells what its module was asked. */
function newToken(module: TokenModule = softHsmModule) {
  const hsm = newSoftHsm();
  const log = join(hsm.directory, 'spy.log');
  const address = { module: 'SoftHSM', serialNumber: hsm.addToken('Ada') };
  const environment = { ...childEnvironment(process.env), PKCS11SPY: softHsmModule.library, PKCS11SPY_OUTPUT: log };
  const tokens = createPkcs11Tokens({ modules: [module], entry: workerEntry('token'), environment, deadlines: impatient });
  onTestFinished(() => tokens.close());
  const calls = (name: string) =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => new RegExp(`^\\d+: ${name}$`).test(line)).length;
  return { tokens, address, calls, directory: hsm.directory };
}

const typed = () => Uint8Array.from(Buffer.from(pin));

test.each<[KeyAlgorithm, string | null]>([
  ['p256', 'sha256'],
  ['p384', 'sha384'],
  ['rsa-2048', 'sha256'],
  ['ed25519', null],
])('a %s key made on the token proves itself and signs, and OpenSSL agrees', async (algorithm, digest) => {
  const { tokens, address } = newToken();
  const made = await tokens.generateKeyPair(address, { pin: typed() }, { ckaId, label: 'signing', algorithm, challenge });
  const key = createPublicKey({ key: Buffer.from(made.subjectPublicKeyInfo), format: 'der', type: 'spki' });
  expect(verify(digest, challenge, key, made.proof)).toBe(true);
  const data = Buffer.from('a letter');
  const signature = await tokens.sign(address, typed(), { ckaId, algorithm, data });
  expect(verify(digest, data, key, signature)).toBe(true);
  expect(verify(digest, Buffer.from('another letter'), key, signature)).toBe(false);
  expect(await tokens.objects(address, typed(), ckaId)).toEqual({ privateKeys: 1, publicKeys: 1, certificates: [] });
});

test('a certificate is put beside its key once, found again, and goes with it', async () => {
  const { tokens, address } = newToken();
  const order = { ckaId, label: 'signing', algorithm: 'p256', challenge } as const;
  const certificate = {
    ckaId,
    label: 'signing',
    der: Buffer.from('3003020107', 'hex'),
    subject: Buffer.from('3000', 'hex'),
    issuer: Buffer.from('3000', 'hex'),
    serialNumber: Buffer.from('020107', 'hex'),
  };
  await expect(tokens.writeCertificate(address, { pin: typed() }, certificate)).rejects.toMatchObject({ code: 'not-found' });
  await tokens.generateKeyPair(address, { pin: typed() }, order);
  await tokens.writeCertificate(address, { pin: typed() }, certificate);
  await tokens.writeCertificate(address, { pin: typed() }, certificate);
  expect((await tokens.objects(address, typed(), ckaId)).certificates.map((der) => Buffer.from(der))).toEqual([certificate.der]);
  expect(await tokens.destroyObjects(address, { pin: typed() }, ckaId)).toBe(3);
  expect(await tokens.destroyObjects(address, { pin: typed() }, ckaId)).toBe(0);
  await expect(tokens.sign(address, typed(), { ckaId, algorithm: 'p256', data: challenge })).rejects.toMatchObject({ code: 'not-found' });
});

test('what a module leaves of an object it was making is cleared away, and whole objects stay', async () => {
  const { tokens, address, directory } = newToken();
  const other = Buffer.from('0a', 'hex');
  await tokens.generateKeyPair(address, { pin: typed() }, { ckaId: other, label: 'another', algorithm: 'p256', challenge });
  const [token = ''] = readdirSync(join(directory, 'tokens'));
  const fragment = join(directory, 'tokens', token, '11111111-2222-3333-4444-555555555555');
  writeFileSync(`${fragment}.object`, Buffer.from('0000000000000001', 'hex'));
  writeFileSync(`${fragment}.lock`, '');
  await tokens.survey();
  expect(await tokens.clearFragments(address, { pin: typed() })).toBe(1);
  expect(await tokens.clearFragments(address, { pin: typed() })).toBe(0);
  expect(await tokens.objects(address, typed(), other)).toMatchObject({ privateKeys: 1, publicKeys: 1 });
});

test('a wrong PIN is tried once and never again, and the token tells about tries', async () => {
  const { tokens, address, calls } = newToken(spy);
  const wrong = () => Uint8Array.from(Buffer.from('654321'));
  const order = { ckaId, label: 'signing', algorithm: 'p256', challenge } as const;
  await expect(tokens.generateKeyPair(address, { pin: wrong() }, order)).rejects.toMatchObject({
    code: 'token.pin-incorrect',
    details: { pin: 'count-low' },
  });
  expect(calls('C_Login')).toBe(1);
  expect(calls('C_GenerateKeyPair')).toBe(0);
  expect((await tokens.survey()).tokens[0]?.pin).toBe('count-low');
  await tokens.checkPin(address, typed());
  expect(calls('C_Login')).toBe(2);
  expect((await tokens.survey()).tokens[0]?.pin).toBe('fine');
});

test('a PIN stays the caller’s, whole', async () => {
  const { tokens, address } = newToken();
  const mine = typed();
  await tokens.checkPin(address, mine);
  expect(Buffer.from(mine).toString()).toBe(pin);
});

test('a token that is not there, and a module nobody has, are told', async () => {
  const { tokens, address } = newToken();
  await expect(tokens.checkPin({ ...address, serialNumber: 'ffff' }, typed())).rejects.toMatchObject({ code: 'token.absent' });
  await expect(tokens.checkPin({ ...address, module: 'nobody' }, typed())).rejects.toMatchObject({ code: 'token.module-missing' });
});

test('an algorithm no token makes keys of is refused', async () => {
  const { tokens, address } = newToken();
  const order = { ckaId, label: 'signing', algorithm: 'p521', challenge } as const;
  await expect(tokens.generateKeyPair(address, { pin: typed() }, order)).rejects.toMatchObject({ code: 'token.mechanism-unsupported' });
});
