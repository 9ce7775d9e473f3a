import { hexEncode } from '../encoding/hex.ts';
import type { PrivateKey, RsaPrime } from './read-private-key.ts';

/** What does not fit in an RSA key. */
export type RsaFault = 'public-exponent' | 'prime' | 'modulus' | 'private-exponent' | 'crt-exponent' | 'crt-coefficient';

type RsaKey = Extract<PrivateKey, { kind: 'rsa' }>;

const toNumber = (octets: Uint8Array): bigint => BigInt(`0x0${hexEncode(octets)}`);

/**
 * Everything that does not fit (RFC 8017 section 3.2): the primes are prime, distinct, and multiply to the modulus; the
 * exponents undo each other modulo every prime less one; and what is stored for the Chinese remainder theorem is what it
 * must be. For numbers as large as `readPrivateKey` lets through it ends within a second or two.
 */
export function rsaFaults(key: RsaKey): RsaFault[] {
  const [n, e, d] = [toNumber(key.modulus), toNumber(key.publicExponent), toNumber(key.privateExponent)];
  const primes = key.primes.map(({ prime }) => toNumber(prime));
  const faults = new Set<RsaFault>();
  if (e < 3n || e % 2n === 0n || e >= n) faults.add('public-exponent');
  if (primes.some((p) => p < 3n) || new Set(primes).size !== primes.length) return [...faults, 'prime'];
  if (primes.reduce((product, p) => product * p, 1n) !== n) faults.add('modulus');
  if (d >= n || primes.some((p) => (e * d) % (p - 1n) !== 1n)) faults.add('private-exponent');
  checkRemainders(key.primes, primes, e, faults);
  // Last, because it alone is slow: what is wrong already needs no primes.
  if (faults.size === 0 && !primes.every(isProbablePrime)) faults.add('prime');
  return [...faults];
}

/** Each exponent against its prime, each coefficient against the primes before its own (RFC 8017 section 3.2, t_i). */
function checkRemainders(stored: readonly RsaPrime[], primes: readonly bigint[], e: bigint, faults: Set<RsaFault>): void {
  let before = 1n;
  for (const [at, p] of primes.entries()) {
    const { exponent = new Uint8Array(), coefficient } = stored[at] ?? {};
    const dP = toNumber(exponent);
    if (dP >= p || (e * dP) % (p - 1n) !== 1n) faults.add('crt-exponent');
    const t = coefficient === undefined ? undefined : toNumber(coefficient);
    if (t !== undefined && (t >= p || (before * t) % p !== 1n)) faults.add('crt-coefficient');
    before *= p;
  }
}

/** Rounds of Miller and Rabin that a second is enough for: of honest primes none fails, and of others chosen at random each round finds nearly all. */
function roundsFor(bits: number): number {
  if (bits <= 1024) return 16;
  if (bits <= 2048) return 6;
  return bits <= 4096 ? 2 : 1;
}

function isProbablePrime(p: bigint): boolean {
  if (p % 2n === 0n) return p === 2n;
  const bits = p.toString(16).length * 4;
  let odd = p - 1n;
  let twos = 0;
  for (; odd % 2n === 0n; odd /= 2n) twos++;
  for (let round = 0; round < roundsFor(bits); round++) {
    // Bases from the number itself: known to its maker, but not chosen by them for one base that is always the same.
    const base = 2n + ((((p >> 3n) ^ (p >> BigInt(7 * (round + 1)))) * BigInt(2 * round + 3)) % (p - 3n));
    if (!passes(p, base, odd, twos)) return false;
  }
  return true;
}

function passes(p: bigint, base: bigint, odd: bigint, twos: number): boolean {
  let x = power(base, odd, p);
  if (x === 1n || x === p - 1n) return true;
  for (let square = 1; square < twos; square++) {
    x = (x * x) % p;
    if (x === p - 1n) return true;
  }
  return false;
}

/** By windows of four bits. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const table = [1n];
  for (let at = 1; at < 16; at++) table.push(((table[at - 1] ?? 1n) * base) % modulus);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let square = 0; square < 4; square++) result = (result * result) % modulus;
    result = (result * (table[Number.parseInt(digit, 16)] ?? 1n)) % modulus;
  }
  return result;
}
