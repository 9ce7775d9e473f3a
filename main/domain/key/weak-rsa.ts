import { hexEncode } from '../encoding/hex.ts';

/** Ways in which an RSA modulus gives its primes away, whatever its size. */
export type RsaWeakness = 'small-factor' | 'roca' | 'close-primes';

/** Factors below this bound are refused (S/MIME BR section 6.1.6). */
const smallestFactor = 752;
/** Rounds of Fermat's factorisation (S/MIME BR section 6.1.1.3). */
const fermatRounds = 100;
/** Primes the fingerprint of ROCA is taken with: a sound modulus bears it once in 2^27 times. */
const largestMarkedPrime = 167;
const rocaGenerator = 65_537n;

const primes: readonly bigint[] = Array.from({ length: smallestFactor }, (_, n) => n)
  .filter((n) => n > 1 && isPrime(n))
  .map(BigInt);

/**
 * The first weakness of an RSA modulus (big-endian, without leading zeros): a factor below 752; the mark of the Infineon
 * library, whose primes are 65537^a modulo a primorial (ROCA, CVE-2017-15361; M. Nemec and others 2017, section 2.3); or
 * primes so close that 100 rounds of Fermat's factorisation find them (CVE-2022-26320). Each key of a few thousand bits
 * takes about a millisecond.
 */
export function rsaWeakness(modulus: Uint8Array): RsaWeakness | undefined {
  const n = BigInt(`0x0${hexEncode(modulus)}`);
  if (n === 0n || primes.some((prime) => n % prime === 0n)) return 'small-factor';
  if (isRoca(n)) return 'roca';
  return hasClosePrimes(n) ? 'close-primes' : undefined;
}

/** For each small prime the residues that powers of 65537 have. */
const marks: readonly (readonly [prime: bigint, residues: ReadonlySet<bigint>])[] = primes
  .filter((prime) => prime > 2n && prime <= largestMarkedPrime)
  .map((prime) => [prime, powersModulo(prime)]);

const isRoca = (n: bigint): boolean => marks.every(([prime, residues]) => residues.has(n % prime));

function powersModulo(prime: bigint): ReadonlySet<bigint> {
  const residues = new Set<bigint>();
  for (let power = 1n; !residues.has(power); power = (power * rocaGenerator) % prime) residues.add(power);
  return residues;
}

/** n = a^2 - b^2 for some a near its root. */
function hasClosePrimes(n: bigint): boolean {
  let a = squareRoot(n);
  if (a * a < n) a++;
  for (let round = 0; round < fermatRounds; round++, a++) {
    const square = a * a - n;
    if (!mayBeSquare(square)) continue;
    const b = squareRoot(square);
    if (b * b === square) return true;
  }
  return false;
}

/** Numbers without a common factor, with the rests that squares leave; together one number in 120 leaves such rests by chance. */
const rests = [64, 63, 65, 11].map((divisor) => ({
  divisor,
  squares: new Set(Array.from({ length: divisor }, (_, n) => (n * n) % divisor)),
}));
const product = BigInt(64 * 63 * 65 * 11);

/** Whether nothing speaks against a number being a square: its root is looked for only then, which costs a hundred times as much. */
function mayBeSquare(n: bigint): boolean {
  const rest = Number(n % product);
  return rests.every(({ divisor, squares }) => squares.has(rest % divisor));
}

/** The largest integer whose square is not above n, by Newton's steps from above. */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt(Math.ceil(n.toString(16).length * 2) + 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return true;
}
