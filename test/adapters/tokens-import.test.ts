import { constants, createPublicKey, diffieHellman, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { createPkcs11Tokens } from '../../main/adapters/tokens/pkcs11.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import { childEnvironment } from '../../main/domain/process/environment.ts';
import { pin, softHsmModule } from '../services/support/soft-hsm-module.ts';
import { impatient, newSoftHsm } from '../services/support/soft-hsm.ts';

const ckaId = Buffer.from('0e9c', 'hex');
const typed = () => Uint8Array.from(Buffer.from(pin));

function newToken() {
  const address = { module: 'SoftHSM', serialNumber: newSoftHsm().addToken('Ada') };
  const environment = childEnvironment(process.env);
  const tokens = createPkcs11Tokens({ modules: [softHsmModule], entry: workerEntry('token'), environment, deadlines: impatient });
  onTestFinished(() => tokens.close());
  return { tokens, address };
}

const pkcs8Of = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) =>
  Uint8Array.from(key.export({ format: 'der', type: 'pkcs8' }));

test.each([2048, 3072])(
  'an RSA key of %i bits that is put on the token opens what OpenSSL sealed for it, and signs nothing',
  async (bits) => {
    const { tokens, address } = newToken();
    const pair = generateKeyPairSync('rsa', { modulusLength: bits });
    const secret = randomBytes(32);
    const challenge = publicEncrypt({ key: pair.publicKey, padding: constants.RSA_PKCS1_PADDING }, secret);
    const opened = await tokens.importKey(
      address,
      { pin: typed() },
      { ckaId, label: 'opening', pkcs8: pkcs8Of(pair.privateKey), challenge },
    );
    expect(Buffer.from(opened)).toEqual(secret);
    expect(await tokens.objects(address, typed(), ckaId)).toMatchObject({ privateKeys: 1, certificates: [] });
    const signing = tokens.sign(address, typed(), { ckaId, algorithm: 'rsa-2048', data: secret });
    await expect(signing).rejects.toMatchObject({ code: expect.stringMatching(/^token\./) });
    expect(await tokens.destroyObjects(address, { pin: typed() }, ckaId)).toBe(1);
  },
);

test.each(['P-256', 'P-384'])('a key on %s that is put on the token shares the secret that OpenSSL computes', async (namedCurve) => {
  const { tokens, address } = newToken();
  const [pair, other] = [generateKeyPairSync('ec', { namedCurve }), generateKeyPairSync('ec', { namedCurve })];
  const point = other.publicKey.export({ format: 'der', type: 'spki' }).subarray(namedCurve === 'P-256' ? -65 : -97);
  const opened = await tokens.importKey(
    address,
    { pin: typed() },
    { ckaId, label: 'opening', pkcs8: pkcs8Of(pair.privateKey), challenge: point },
  );
  const shared = diffieHellman({ privateKey: other.privateKey, publicKey: createPublicKey(pair.privateKey) });
  expect(Buffer.from(opened)).toEqual(shared);
});

test('a key of another kind, and one that is none, is refused and leaves nothing on the token', async () => {
  const { tokens, address } = newToken();
  const edwards = pkcs8Of(generateKeyPairSync('x25519').privateKey);
  const put = async (pkcs8: Uint8Array) =>
    tokens.importKey(address, { pin: typed() }, { ckaId, label: 'opening', pkcs8, challenge: Buffer.alloc(32) });
  await expect(put(edwards)).rejects.toMatchObject({ code: 'token.mechanism-unsupported' });
  await expect(put(Buffer.from('no key'))).rejects.toMatchObject({ code: 'input.malformed-der' });
  expect(await tokens.objects(address, typed(), ckaId)).toEqual({ privateKeys: 0, publicKeys: 0, certificates: [] });
});

test('a wrong PIN puts nothing there, and the key that was sent is not told in the error', async () => {
  const { tokens, address } = newToken();
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const order = { ckaId, label: 'opening', pkcs8: pkcs8Of(pair.privateKey), challenge: Buffer.alloc(65) };
  const wrong = await tokens.importKey(address, { pin: Uint8Array.from(Buffer.from('9999')) }, order).catch((error: unknown) => error);
  expect(wrong).toMatchObject({ code: 'token.pin-incorrect' });
  expect(JSON.stringify(wrong)).not.toContain(Buffer.from(order.pkcs8).toString('base64').slice(20, 60));
  expect(await tokens.objects(address, typed(), ckaId)).toMatchObject({ privateKeys: 0 });
});
