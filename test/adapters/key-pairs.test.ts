import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ecPkcs8 } from '../../main/adapters/key-pairs/ec-private-key.ts';
import { nodeKeyPairs } from '../../main/adapters/key-pairs/node.ts';
import { keyAlgorithmOf } from '../../main/domain/key/subject-public-key-info.ts';
import { keyAlgorithms, signatureAlgorithmOf } from '../../main/domain/key/algorithm.ts';

/** A megabyte at a time. */
async function* inPieces(data: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.length; at += 1 << 20) yield data.subarray(at, at + (1 << 20));
}

describe('making key pairs', () => {
  it.each(keyAlgorithms.filter((algorithm) => algorithm !== 'rsa-4096'))(
    'makes a %s pair whose halves belong together and whose signature verifies',
    async (algorithm) => {
      const { pkcs8, subjectPublicKeyInfo } = await nodeKeyPairs.generate(algorithm);
      const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
      expect(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).equals(subjectPublicKeyInfo)).toBe(true);
      expect(keyAlgorithmOf(subjectPublicKeyInfo)).toBe(algorithm);
      const data = Buffer.from('chart 4471');
      const signature = nodeKeyPairs.signer(pkcs8, algorithm)(data);
      const publicKey = createPublicKey({ key: Buffer.from(subjectPublicKeyInfo), format: 'der', type: 'spki' });
      expect(verify(signatureAlgorithmOf(algorithm).digest, data, publicKey, signature)).toBe(true);
    },
  );

  it.each(['p256', 'p384', 'rsa-2048', 'ed25519'] as const)('signs megabytes with %s while other work has its turn', async (algorithm) => {
    const { pkcs8, subjectPublicKeyInfo } = await nodeKeyPairs.generate(algorithm);
    const data = Buffer.alloc(9 << 20, 'chart 4471');
    let turns = 0;
    const others = setInterval(() => (turns += 1));
    const signature = await nodeKeyPairs.signer(pkcs8, algorithm).inTurns(inPieces(data));
    clearInterval(others);
    const publicKey = createPublicKey({ key: Buffer.from(subjectPublicKeyInfo), format: 'der', type: 'spki' });
    const { digest } = signatureAlgorithmOf(algorithm);
    expect(verify(digest, data, publicKey, signature)).toBe(true);
    expect(turns > 0 || digest === null).toBe(true);
    data[data.length - 1] = 0;
    expect(verify(digest, data, publicKey, signature)).toBe(false);
  });

  it('writes the PKCS #8 that OpenSSL writes for the same EC key', async () => {
    for (let round = 0; round < 50; round++) {
      const { pkcs8 } = await nodeKeyPairs.generate('p256');
      const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
      expect(key.export({ format: 'der', type: 'pkcs8' }).equals(pkcs8)).toBe(true);
    }
  });

  it('pads a short private scalar on the left', () => {
    const pkcs8 = ecPkcs8('p256', Uint8Array.of(1), generatorOfP256);
    const { d } = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
    expect(Buffer.from(d ?? '', 'base64url').toString('hex')).toBe('01'.padStart(64, '0'));
  });
});

/** SEC 2 section 2.4.2: the base point, which is the public key of the scalar 1. */
const generatorOfP256 = Uint8Array.from(
  Buffer.from(
    '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
    'hex',
  ),
);
