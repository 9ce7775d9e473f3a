import { compareOctets, sequence, unsignedInteger } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import { nameOfOid } from '../x509/oid.ts';
import { rsaFaults, type RsaFault } from './check-rsa.ts';
import { maximumRsaBits, type FixedLengthPrivateKey, type PrivateKey } from './read-private-key.ts';

/** Curves whose keys can be checked, by the names openssl has for them. */
const curves = {
  prime256v1: '1.2.840.10045.3.1.7',
  secp224r1: '1.3.132.0.33',
  secp256k1: '1.3.132.0.10',
  secp384r1: '1.3.132.0.34',
  secp521r1: '1.3.132.0.35',
  brainpoolP256r1: '1.3.36.3.3.2.8.1.1.7',
  brainpoolP384r1: '1.3.36.3.3.2.8.1.1.11',
  brainpoolP512r1: '1.3.36.3.3.2.8.1.1.13',
} as const;

export type CheckedCurve = keyof typeof curves;

const shortNames: Readonly<Record<string, string>> = { prime256v1: 'p256', secp384r1: 'p384', secp521r1: 'p521' };

/** What checking a key needs of curves. */
export interface KeyCheckPrimitives {
  /** The uncompressed public point of a scalar; undefined for a scalar that is zero or not below the order. */
  publicPoint(curve: CheckedCurve, scalar: Uint8Array): Uint8Array | undefined;
  /** The uncompressed form of a point in any form; undefined for what is not on the curve. */
  uncompressedPoint(curve: CheckedCurve, point: Uint8Array): Uint8Array | undefined;
  publicKeyOf(algorithm: FixedLengthPrivateKey, octets: Uint8Array): Uint8Array;
}

/** What does not fit. `curve`: two curves are named. `scalar`: not between zero and the order. `public-key`: another key's. */
export type KeyFault = RsaFault | 'curve' | 'scalar' | 'public-key';

export interface KeyCheck {
  /** `rsa-2048`, `p256`, `ed25519`, ... */
  readonly algorithm: string;
  /** True exactly when there are no faults. */
  readonly consistent: boolean;
  readonly faults: readonly KeyFault[];
}

/**
 * Whether the parts of a private key belong together. Says nothing about the key being a strong one.
 * @throws AppError input.unsupported-algorithm for a curve that is not known here; input.too-large
 */
export function checkPrivateKey(key: PrivateKey, primitives: KeyCheckPrimitives): KeyCheck {
  const { algorithm, faults } = check(key, primitives);
  return { algorithm, consistent: faults.length === 0, faults };
}

function check(key: PrivateKey, primitives: KeyCheckPrimitives): { algorithm: string; faults: KeyFault[] } {
  switch (key.kind) {
    case 'rsa':
      return checkRsa(key);
    case 'ec':
      return checkEc(key, primitives);
    case 'fixed': {
      const isOther = key.publicKey !== undefined && !isSame(key.publicKey, primitives.publicKeyOf(key.algorithm, key.octets));
      return { algorithm: key.algorithm, faults: isOther ? ['public-key'] : [] };
    }
  }
}

function checkRsa(key: Extract<PrivateKey, { kind: 'rsa' }>): { algorithm: string; faults: KeyFault[] } {
  const bits = key.modulus.length * 8 - Math.clz32((key.modulus[0] ?? 0) << 24);
  if (bits > maximumRsaBits) throw new AppError('input.too-large', 'This RSA key is too large.', { what: 'key', limit: maximumRsaBits });
  const faults: KeyFault[] = rsaFaults(key);
  const stored = sequence(unsignedInteger(key.modulus), unsignedInteger(key.publicExponent));
  if (key.publicKey !== undefined && !isSame(key.publicKey, stored)) faults.push('public-key');
  return { algorithm: `rsa-${bits}`, faults };
}

function checkEc(key: Extract<PrivateKey, { kind: 'ec' }>, primitives: KeyCheckPrimitives): { algorithm: string; faults: KeyFault[] } {
  const [oid = '', ...others] = key.curves;
  const name = nameOfOid(curves, oid);
  if (!isCheckedCurve(name)) throw new AppError('input.unsupported-algorithm', 'This curve is not known here.', { algorithm: name });
  const algorithm = shortNames[name] ?? name;
  const point = primitives.publicPoint(name, key.scalar);
  const faults: KeyFault[] = others.some((other) => other !== oid) ? ['curve'] : [];
  if (point === undefined) return { algorithm, faults: [...faults, 'scalar'] };
  const isOther = key.publicKeys.some((stored) => !isPointForm(stored) || !isSame(primitives.uncompressedPoint(name, stored), point));
  return { algorithm, faults: isOther ? [...faults, 'public-key'] : faults };
}

/** Compressed or not (RFC 5480 section 2.2); the hybrid form is nobody's. */
const isPointForm = ([form]: Uint8Array): boolean => form === 2 || form === 3 || form === 4;

const isCheckedCurve = (name: string): name is CheckedCurve => Object.hasOwn(curves, name);

const isSame = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && compareOctets(a, b) === 0;
