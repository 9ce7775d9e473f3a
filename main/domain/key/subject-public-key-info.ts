import { DerCursor, DerNode, only, readDer } from '../asn1/der-reader.ts';
import { bitString, compareOctets, concatenate, sequence, tag, unsignedInteger } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import type { KeyAlgorithm } from './algorithm.ts';
import { publicKeyAlgorithmIdentifier } from './algorithm.ts';

/** Algorithms whose public key is one string of a fixed length. */
export type FixedLengthAlgorithm = 'p256' | 'p384' | 'p521' | 'ed25519';

/** Octets of an uncompressed EC point (SEC 1 section 2.3.3), or of an Ed25519 key (RFC 8032 section 5.1.5). */
const publicKeyLengths: Readonly<Record<FixedLengthAlgorithm, number>> = { p256: 65, p384: 97, p521: 133, ed25519: 32 };

const prefixes: Readonly<Record<FixedLengthAlgorithm, Uint8Array>> = {
  p256: prefixOf('p256'),
  p384: prefixOf('p384'),
  p521: prefixOf('p521'),
  ed25519: prefixOf('ed25519'),
};

function prefixOf(algorithm: FixedLengthAlgorithm): Uint8Array {
  const length = publicKeyLengths[algorithm];
  const whole = sequence(publicKeyAlgorithmIdentifier(algorithm), bitString(new Uint8Array(length)));
  return whole.subarray(0, whole.length - length);
}

/**
 * SubjectPublicKeyInfo (RFC 5480 section 2, RFC 8410 section 4) around an uncompressed EC point or an Ed25519 key: one copy behind a
 * fixed prefix. Whether the point is on its curve is for the primitive that made or checks it to say.
 * @throws AppError input.invalid when the length or the form is not the algorithm's
 */
export function fixedLengthPublicKeyInfo(algorithm: FixedLengthAlgorithm, publicKey: Uint8Array): Uint8Array {
  const isForm = algorithm === 'ed25519' || publicKey[0] === 0x04;
  if (publicKey.length !== publicKeyLengths[algorithm] || !isForm) throw notAPublicKey();
  return concatenate([prefixes[algorithm], publicKey]);
}

/** SubjectPublicKeyInfo of an RSA key (RFC 3279 section 2.3.1) from big-endian magnitudes. */
export const rsaPublicKeyInfo = (modulus: Uint8Array, publicExponent: Uint8Array): Uint8Array =>
  sequence(publicKeyAlgorithmIdentifier('rsa-2048'), bitString(sequence(unsignedInteger(modulus), unsignedInteger(publicExponent))));

/**
 * The algorithm of a SubjectPublicKeyInfo whose encoding is exactly what S/MIME BR section 7.1.3.1 allows: named curve and uncompressed
 * point, Ed25519, or RSA of a size Keyward knows with an odd exponent of at least 2^16 + 1. `undefined` for any other key.
 * @throws AppError input.malformed-der
 */
export function keyAlgorithmOf(subjectPublicKeyInfo: Uint8Array): KeyAlgorithm | undefined {
  for (const algorithm of ['p256', 'p384', 'p521', 'ed25519'] as const) if (hasForm(subjectPublicKeyInfo, algorithm)) return algorithm;
  return rsaAlgorithmOf(subjectPublicKeyInfo);
}

/** Whether a SubjectPublicKeyInfo holds a key of this algorithm; for the fixed lengths a comparison of its first octets. */
export function isKeyOf(algorithm: KeyAlgorithm, subjectPublicKeyInfo: Uint8Array): boolean {
  return isFixedLength(algorithm) ? hasForm(subjectPublicKeyInfo, algorithm) : rsaAlgorithmOf(subjectPublicKeyInfo) === algorithm;
}

const isFixedLength = (algorithm: KeyAlgorithm): algorithm is FixedLengthAlgorithm => Object.hasOwn(publicKeyLengths, algorithm);

/**
 * The key identifier Keyward gives a public key: the leftmost 160 bits of the SHA-256 of the subjectPublicKey's octets (RFC 7093
 * section 2, method 1). `sha256` is the primitive, 32 octets out.
 * @throws AppError input.malformed-der
 */
export function keyIdentifierOf(subjectPublicKeyInfo: Uint8Array, sha256: (octets: Uint8Array) => Uint8Array): Uint8Array {
  return sha256(subjectPublicKeyOf(subjectPublicKeyInfo)).subarray(0, 20);
}

/** The octets of the key itself: the BIT STRING without the count of unused bits. @throws AppError input.malformed-der */
export function subjectPublicKeyOf(subjectPublicKeyInfo: Uint8Array): Uint8Array {
  const cursor = new DerCursor(readDer(subjectPublicKeyInfo));
  cursor.next(tag.sequence);
  return cursor.next(tag.bitString).content.subarray(1);
}

function hasForm(subjectPublicKeyInfo: Uint8Array, algorithm: FixedLengthAlgorithm): boolean {
  const prefix = prefixes[algorithm];
  if (subjectPublicKeyInfo.length !== prefix.length + publicKeyLengths[algorithm]) return false;
  for (let at = 0; at < prefix.length; at++) if (subjectPublicKeyInfo[at] !== prefix[at]) return false;
  return algorithm === 'ed25519' || subjectPublicKeyInfo[prefix.length] === 0x04;
}

function rsaAlgorithmOf(subjectPublicKeyInfo: Uint8Array): KeyAlgorithm | undefined {
  const cursor = new DerCursor(readDer(subjectPublicKeyInfo));
  const identifier = cursor.next(tag.sequence);
  if (compareOctets(identifier.whole, publicKeyAlgorithmIdentifier('rsa-2048')) !== 0) return undefined;
  const bits = cursor.next(tag.bitString);
  cursor.finish();
  const numbers = new DerCursor(only(behindUnusedBits(bits), tag.sequence));
  const [modulus, exponent] = [magnitude(numbers.next(tag.integer)), magnitude(numbers.next(tag.integer))];
  numbers.finish();
  return isSoundExponent(exponent) ? rsaBySize.get(modulus.length * 8 - Math.clz32((modulus[0] ?? 0) << 24)) : undefined;
}

const rsaBySize = new Map<number, KeyAlgorithm>([
  [2048, 'rsa-2048'],
  [3072, 'rsa-3072'],
  [4096, 'rsa-4096'],
]);

/** S/MIME BR section 6.1.6: odd, and (should be) from 2^16 + 1 to below 2^256. */
const isSoundExponent = (exponent: Uint8Array): boolean =>
  ((exponent.at(-1) ?? 0) & 1) === 1 && exponent.length >= 3 && exponent.length <= 32;

const behindUnusedBits = (bits: DerNode): DerNode => new DerNode(bits.source, bits.tag, bits.offset, bits.contentOffset + 1, bits.end);

/** Of a positive INTEGER; nothing at all of another, which then has no size Keyward knows. */
function magnitude({ content }: DerNode): Uint8Array {
  const first = content[0] ?? 0x80;
  return first === 0 ? content.subarray(1) : content.subarray(0, first < 0x80 ? content.length : 0);
}

const notAPublicKey = (): AppError => new AppError('input.invalid', 'This is not a public key of that algorithm.', { field: 'publicKey' });
