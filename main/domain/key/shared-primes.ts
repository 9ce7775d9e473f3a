import { hexEncode } from '../encoding/hex.ts';

/**
 * Which of these RSA moduli (big-endian, each different) share a prime with another: both are broken then (N. Heninger and others, "Mining
 * your Ps and Qs", 2012). By a tree of products and one of remainders (D. J. Bernstein, "How to find smooth parts of integers", 2004), so
 * that thousands take seconds. Gives way after every step: whoever draws the next one decides when.
 */
export function* commonPrimes(moduli: readonly Uint8Array[]): Generator<undefined, ReadonlySet<number>, undefined> {
  const numbers = moduli.map((modulus) => BigInt(`0x0${hexEncode(modulus)}`));
  const products = yield* productTree(numbers);
  const remainders = yield* remainderTree(products);
  const shared = new Set<number>();
  for (const [at, number] of numbers.entries()) {
    if (number > 1n && greatestCommonDivisor(number, (remainders[at] ?? 0n) / number) > 1n) shared.add(at);
    yield;
  }
  return shared;
}

/** Level by level from the numbers up to the product of all. */
function* productTree(numbers: readonly bigint[]): Generator<undefined, readonly (readonly bigint[])[], undefined> {
  const levels: (readonly bigint[])[] = [numbers];
  for (let level = numbers; level.length > 1; levels.push(level)) {
    const above: bigint[] = [];
    for (let at = 0; at < level.length; at += 2) {
      above.push((level[at] ?? 1n) * (level[at + 1] ?? 1n));
      yield;
    }
    level = above;
  }
  return levels;
}

/** The product of all modulo the square of each number. */
function* remainderTree(levels: readonly (readonly bigint[])[]): Generator<undefined, readonly bigint[], undefined> {
  let remainders: readonly bigint[] = levels.at(-1) ?? [];
  for (const level of levels.slice(0, -1).toReversed()) {
    const below: bigint[] = [];
    for (const [at, number] of level.entries()) {
      below.push((remainders[at >> 1] ?? 0n) % (number * number));
      yield;
    }
    remainders = below;
  }
  return remainders;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
