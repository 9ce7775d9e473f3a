import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { rsaWeakness } from '../../../main/domain/key/weak-rsa.ts';
import { closePrimesKey, modulusOf, octetsOf, rocaKey } from './broken-rsa.ts';

it.each([2048, 3072, 4096])('finds nothing in RSA keys of %d bits that OpenSSL makes', (modulusLength) => {
  for (let count = 0; count < 3; count++)
    expect(rsaWeakness(modulusOf(generateKeyPairSync('rsa', { modulusLength }).publicKey))).toBeUndefined();
});

it('knows a key by the chips of ROCA, whichever powers their primes are of', () => {
  for (let count = 0; count < 3; count++) expect(rsaWeakness(modulusOf(rocaKey()))).toBe('roca');
});

it('knows a key whose primes are close together', () => {
  expect(rsaWeakness(modulusOf(closePrimesKey()))).toBe('close-primes');
});

it('knows a factor below 752 and no larger one', () => {
  const sound = BigInt(`0x${modulusOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey).toString('hex')}`);
  expect(rsaWeakness(octetsOf(sound * 751n))).toBe('small-factor');
  expect(rsaWeakness(octetsOf(sound * 757n))).toBeUndefined();
  expect(rsaWeakness(octetsOf(sound * 2n))).toBe('small-factor');
});

it('takes a modulus of nothing, of one and of a square for what it is', () => {
  expect(rsaWeakness(new Uint8Array())).toBe('small-factor');
  expect(rsaWeakness(Uint8Array.of(1))).toBeDefined();
  expect(rsaWeakness(octetsOf(1_000_003n * 1_000_003n))).toBe('close-primes');
});
