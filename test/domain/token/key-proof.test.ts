import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodePrimitives } from '../../../main/adapters/primitives/node.ts';
import type { KeyAlgorithm } from '../../../main/domain/key/algorithm.ts';
import { isProven, proofChallenge } from '../../../main/domain/token/key-proof.ts';

const pairs = {
  p256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'rsa-2048': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: () => generateKeyPairSync('ed25519'),
} as const;
const digests = { p256: 'sha256', p384: 'sha384', 'rsa-2048': 'sha256', ed25519: null } as const;

const keyOf = (algorithm: KeyAlgorithm, publicKey: KeyObject) => ({
  algorithm,
  subjectPublicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
});

test.each(['p256', 'p384', 'rsa-2048', 'ed25519'] as const)(
  'a %s key proves itself by a signature over the challenge, and nothing else does',
  (algorithm) => {
    const [own, other] = [pairs[algorithm](), pairs[algorithm]()];
    const [challenge, another] = [proofChallenge(randomBytes(32)), proofChallenge(randomBytes(32))];
    const proof = sign(digests[algorithm], challenge, own.privateKey);
    const isProof = (key: KeyObject, over: Uint8Array, signature: Uint8Array) =>
      isProven(nodePrimitives, keyOf(algorithm, key), over, signature);
    expect(isProof(own.publicKey, challenge, proof)).toBe(true);
    expect(isProof(own.publicKey, another, proof)).toBe(false);
    expect(isProof(other.publicKey, challenge, proof)).toBe(false);
    expect(isProof(own.publicKey, challenge, new Uint8Array())).toBe(false);
  },
);

test('a key of another kind than was asked for proves nothing', () => {
  const own = pairs.p384();
  const challenge = proofChallenge(randomBytes(32));
  expect(isProven(nodePrimitives, keyOf('p256', own.publicKey), challenge, sign('sha256', challenge, own.privateKey))).toBe(false);
});
