import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { commonPrimes } from '../../../main/domain/key/shared-primes.ts';
import { keysWithCommonPrime, modulusOf } from './broken-rsa.ts';

function found(moduli: readonly Uint8Array[]): readonly number[] {
  const steps = commonPrimes(moduli);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return [...step.value];
}

const sound = (count: number) =>
  Array.from({ length: count }, () => modulusOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey));

describe('RSA moduli', () => {
  it.each([0, 1, 2, 3, 7])('that share no prime are all good (%i of them)', (count) => {
    expect(found(sound(count))).toEqual([]);
  });

  it('that share a prime are found among others, wherever they stand', () => {
    const [a, b] = keysWithCommonPrime().map(modulusOf);
    const [c, d] = keysWithCommonPrime().map(modulusOf);
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four keys were made');
    expect(found([a, ...sound(4), c, b, d])).toEqual([0, 5, 6, 7]);
  });
});
