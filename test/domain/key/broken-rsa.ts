import { checkPrimeSync, createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';

const exponent = 65_537n;

const random = (bits: number): bigint => BigInt(`0x${randomBytes(bits / 8).toString('hex')}`);

function primeFrom(candidate: () => bigint): bigint {
  for (;;) {
    const prime = candidate();
    if (prime % exponent !== 1n && checkPrimeSync(prime)) return prime;
  }
}

function power(base: bigint, to: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let left = to; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a % b, y, x - quotient * y];
  }
  return x < 0n ? x + modulus : x;
}

const octetsOf = (n: bigint): Buffer =>
  Buffer.from(n.toString(16).padStart(n.toString(16).length + (n.toString(16).length % 2), '0'), 'hex');

/** An RSA key of two primes, as OpenSSL takes it. */
function keyOf(p: bigint, q: bigint, e = exponent): KeyObject {
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const members = Object.entries(numbers).map(([name, value]) => [name, octetsOf(value).toString('base64url')]);
  return createPrivateKey({ key: { kty: 'RSA', ...(Object.fromEntries(members) as Record<string, string>) }, format: 'jwk' });
}

/** The first primes, multiplied. */
function primorial(count: number): bigint {
  let product = 1n;
  for (let n = 2n, left = count; left > 0; n++) {
    if (!checkPrimeSync(n)) continue;
    product *= n;
    left--;
  }
  return product;
}

/** An RSA-2048 key as the chips of ROCA made it: each prime is k * M + (65537^a mod M), M the product of the first 126 primes. */
export function rocaKey(): KeyObject {
  const m = primorial(126);
  const prime = () => {
    const residue = power(exponent, random(64), m);
    return primeFrom(() => ((3n << 1022n) / m + 1n + random(48)) * m + residue);
  };
  return keyOf(prime(), prime());
}

/** An RSA-2048 key whose second prime is the next after the first but a few. */
export function closePrimesKey(): KeyObject {
  const first = primeFrom(() => random(1024) | (3n << 1022n) | 1n);
  let candidate = first + 100_000n;
  return keyOf(
    first,
    primeFrom(() => (candidate += 2n)),
  );
}

const anyPrime = (): bigint => primeFrom(() => random(1024) | (3n << 1022n) | 1n);

/** Two RSA-2048 keys with one prime between them, as devices made them that had no randomness yet. */
export function keysWithCommonPrime(): readonly [KeyObject, KeyObject] {
  const common = anyPrime();
  return [keyOf(common, anyPrime()), keyOf(common, anyPrime())];
}

/** Two RSA-2048 keys with one modulus: the usual exponent, and another one. */
export function keysWithSameModulus(): readonly [KeyObject, KeyObject] {
  const another = 65_539n;
  const suitable = (): bigint => {
    const prime = anyPrime();
    return prime % another === 1n ? suitable() : prime;
  };
  const [p, q] = [suitable(), suitable()];
  return [keyOf(p, q), keyOf(p, q, another)];
}

/** The modulus, big-endian. */
export const modulusOf = (key: KeyObject): Buffer =>
  Buffer.from((key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' }).n ?? '', 'base64url');

export { octetsOf };
