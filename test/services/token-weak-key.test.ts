import { createPublicKey, generateKeyPairSync, hash, sign, type KeyObject } from 'node:crypto';
import { expect, it } from 'vitest';
import { nodePrimitives } from '../../main/adapters/primitives/node.ts';
import { nodeRandom } from '../../main/adapters/random/node-random.ts';
import type { Tokens } from '../../main/ports/tokens.ts';
import { makeTokenKey } from '../../main/services/token-issuance.ts';
import { closePrimesKey, rocaKey } from '../domain/key/broken-rsa.ts';

type Parts = Parameters<typeof makeTokenKey>[0];

/** A token that makes this key and proves that it holds it: no card with the flaw can be bought any more. */
const tokenMaking = (key: KeyObject): Pick<Tokens, 'generateKeyPair' | 'attest'> => ({
  attest: async () => undefined,
  generateKeyPair: async (_token, _pin, { challenge }) => ({
    subjectPublicKeyInfo: createPublicKey(key).export({ format: 'der', type: 'spki' }),
    proof: sign('sha256', challenge, key),
  }),
});

async function make(key: KeyObject, listed: readonly string[] = []): ReturnType<typeof makeTokenKey> {
  const read = () => ({ compromisedKeys: { isListed: async (names: readonly string[]) => names.some((name) => listed.includes(name)) } });
  const parts = { read, random: nodeRandom, primitives: nodePrimitives, tokens: tokenMaking(key) } as unknown as Parts;
  const prepared = { person: { name: 'Ada Osei' }, token: {}, keys: { signing: 'rsa-2048' } } as Parameters<typeof makeTokenKey>[1];
  const intent = { ckaId: '00'.repeat(16) } as Parameters<typeof makeTokenKey>[2];
  return makeTokenKey(parts, prepared, intent, { pin: new Uint8Array() });
}

it('an RSA key of a token is taken when it is sound and proven', async () => {
  const made = await make(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  expect(made.subjectPublicKeyInfo.length).toBeGreaterThan(256);
});

it('a key of a token that is on a list of compromised keys is refused, though it is sound and proven', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const listed = hash('sha256', publicKey.export({ format: 'der', type: 'spki' }), 'hex');
  await expect(make(privateKey, [listed])).rejects.toMatchObject({ code: 'input.compromised-key' });
});

it.each([
  ['roca', rocaKey],
  ['close-primes', closePrimesKey],
])('a key of a token that can be computed (%s) is refused, though it is proven', async (weakness, brokenKey) => {
  await expect(make(brokenKey())).rejects.toMatchObject({ code: 'token.weak-key', details: { weakness } });
});
