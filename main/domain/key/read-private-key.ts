import { DerCursor, malformed, only, readDer, type DerNode } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readBitOctets, readIntegerOctets, readOid, readSmallInteger } from '../asn1/read-value.ts';
import { AppError } from '../errors.ts';
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { algorithmOid } from '../x509/oid.ts';

/** A prime of an RSA key with what the Chinese remainder theorem wants (RFC 8017 section 3.2); the first has no coefficient. */
export interface RsaPrime {
  readonly prime: Uint8Array;
  readonly exponent: Uint8Array;
  readonly coefficient?: Uint8Array;
}

/** Algorithms whose private key is one string of a fixed length (RFC 8410). */
export type FixedLengthPrivateKey = 'ed25519' | 'ed448' | 'x25519' | 'x448';

/** A private key as read: big-endian magnitudes, views on the input. `publicKey` is what the file itself says of the public half. */
export type PrivateKey =
  | {
      readonly kind: 'rsa';
      readonly modulus: Uint8Array;
      readonly publicExponent: Uint8Array;
      readonly privateExponent: Uint8Array;
      readonly primes: readonly RsaPrime[];
      readonly publicKey?: Uint8Array;
    }
  | {
      readonly kind: 'ec';
      /** Dotted decimal; every one the file gives, so that two that differ are seen. */
      readonly curves: readonly string[];
      readonly scalar: Uint8Array;
      readonly publicKeys: readonly Uint8Array[];
    }
  | { readonly kind: 'fixed'; readonly algorithm: FixedLengthPrivateKey; readonly octets: Uint8Array; readonly publicKey?: Uint8Array };

/** Longer numbers are refused: no key in use comes near, and arithmetic with them takes too long. */
export const maximumRsaBits = 16_384;

const fixedLengths: Readonly<Record<FixedLengthPrivateKey, number>> = { ed25519: 32, ed448: 57, x25519: 32, x448: 56 };

const fixedByOid = new Map<string, FixedLengthPrivateKey>([
  [algorithmOid.ed25519, 'ed25519'],
  [algorithmOid.ed448, 'ed448'],
  [algorithmOid.x25519, 'x25519'],
  [algorithmOid.x448, 'x448'],
]);

/** Whether this is an EncryptedPrivateKeyInfo, which has to be decrypted before it can be read. @throws AppError input.malformed-der */
export const isEncryptedKey = (der: Uint8Array): boolean => new DerCursor(readDer(der)).nextTag === tag.sequence;

/**
 * Reads a private key: RSAPrivateKey (RFC 8017 appendix A.1.2), ECPrivateKey (RFC 5915), or PrivateKeyInfo and
 * OneAsymmetricKey around them or around an Edwards or Montgomery key (RFC 5958, RFC 8410). By shape, whatever a label says.
 * @throws AppError input.malformed-der with the offset; input.unsupported-algorithm; input.too-large
 */
export function readPrivateKey(der: Uint8Array): PrivateKey {
  const outer = readDer(der);
  if (outer.tag !== tag.sequence) throw malformed('no SEQUENCE at the beginning', 0);
  const cursor = new DerCursor(outer);
  const version = readSmallInteger(cursor.next(tag.integer));
  if (cursor.nextTag === tag.integer) return readRsa(outer);
  if (cursor.nextTag === tag.octetString) return readEc(outer, []);
  return readOneAsymmetricKey(outer, version);
}

function readOneAsymmetricKey(outer: DerNode, version: number): PrivateKey {
  if (version > 1) throw malformed('a version of a private key that does not exist', outer.contentOffset);
  const cursor = new DerCursor(outer);
  cursor.next();
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const octets = cursor.next(tag.octetString);
  cursor.optional(0xa0);
  const publicNode = cursor.optional(0x81);
  cursor.finish();
  if (publicNode !== undefined && version === 0) throw malformed('a public key in a private key of version 1', publicNode.offset);
  const publicKey = publicNode === undefined ? undefined : readBitOctets(publicNode);
  return readByAlgorithm(algorithm, octets, publicKey);
}

function readByAlgorithm(algorithm: AlgorithmIdentifier, octets: DerNode, publicKey: Uint8Array | undefined): PrivateKey {
  const { oid, name, parameters } = algorithm;
  if (oid === algorithmOid.rsaEncryption || oid === algorithmOid.rsassaPss) {
    const isPlain = parameters === undefined || (parameters.tag === tag.null && parameters.length === 0);
    if (!isPlain && oid === algorithmOid.rsaEncryption) throw malformed('parameters where the algorithm has none', parameters.offset);
    const key = readRsa(only(octets, tag.sequence));
    return publicKey === undefined ? key : { ...key, publicKey };
  }
  if (oid === algorithmOid.ecPublicKey) {
    const key = readEc(only(octets, tag.sequence), [readCurve(parameters, octets.offset)]);
    return publicKey === undefined ? key : { ...key, publicKeys: [...key.publicKeys, publicKey] };
  }
  const fixed = fixedByOid.get(oid);
  if (fixed === undefined)
    throw new AppError('input.unsupported-algorithm', 'Private keys of this algorithm are not read here.', { algorithm: name });
  if (parameters !== undefined) throw malformed('parameters where the algorithm has none', parameters.offset);
  const inner = only(octets, tag.octetString);
  if (inner.length !== fixedLengths[fixed]) throw malformed('a private key of the wrong length', inner.offset);
  return { kind: 'fixed', algorithm: fixed, octets: inner.content, ...(publicKey === undefined ? {} : { publicKey }) };
}

function readRsa(node: DerNode): Extract<PrivateKey, { kind: 'rsa' }> {
  const cursor = new DerCursor(node);
  const versionNode = cursor.next(tag.integer);
  const version = readSmallInteger(versionNode);
  const next = (): Uint8Array => readMagnitude(cursor.next(tag.integer));
  const [modulus, publicExponent, privateExponent] = [next(), next(), next()];
  const [p, q, dP, dQ, qInv] = [next(), next(), next(), next(), next()];
  const others = cursor.optional(tag.sequence);
  cursor.finish();
  if (version > 1 || (others !== undefined) !== (version === 1))
    throw malformed('a version of an RSA key that does not fit its primes', versionNode.offset);
  // The coefficient of a two-prime key belongs to its first prime: q^-1 mod p. It is checked as that of p against q.
  const pair = [
    { prime: q, exponent: dQ },
    { prime: p, exponent: dP, coefficient: qInv },
  ];
  return { kind: 'rsa', modulus, publicExponent, privateExponent, primes: [...pair, ...(others === undefined ? [] : readOthers(others))] };
}

/** OtherPrimeInfos; more primes than this make a key weak and checking it slow. */
const maximumOtherPrimes = 8;

function readOthers(node: DerNode): RsaPrime[] {
  const primes: RsaPrime[] = [];
  for (const cursor = new DerCursor(node); !cursor.isAtEnd;) {
    const info = new DerCursor(cursor.next(tag.sequence));
    const next = (): Uint8Array => readMagnitude(info.next(tag.integer));
    primes.push({ prime: next(), exponent: next(), coefficient: next() });
    info.finish();
    if (primes.length > maximumOtherPrimes) throw tooLarge();
  }
  if (primes.length === 0) throw malformed('other primes of which there is none', node.offset);
  return primes;
}

function readMagnitude(node: DerNode): Uint8Array {
  const octets = readIntegerOctets(node);
  if ((octets[0] ?? 0) >= 0x80) throw malformed('a negative number in a private key', node.offset);
  const magnitude = octets[0] === 0 ? octets.subarray(1) : octets;
  if (magnitude.length > maximumRsaBits / 8) throw tooLarge();
  return magnitude;
}

const tooLarge = (): AppError =>
  new AppError('input.too-large', 'This key has numbers larger than any key in use.', { what: 'key', limit: maximumRsaBits });

function readEc(node: DerNode, curves: readonly string[]): Extract<PrivateKey, { kind: 'ec' }> {
  const cursor = new DerCursor(node);
  const version = cursor.next(tag.integer);
  if (readSmallInteger(version) !== 1) throw malformed('a version of an EC key that does not exist', version.offset);
  const scalar = cursor.next(tag.octetString);
  const parameters = cursor.optional(0xa0);
  const publicKey = cursor.optional(0xa1);
  cursor.finish();
  const named = parameters === undefined ? curves : [...curves, readCurve(only(parameters), node.offset)];
  if (named.length === 0) throw malformed('an EC key that names no curve', node.offset);
  const publicKeys = publicKey === undefined ? [] : [readBitOctets(only(publicKey, tag.bitString))];
  return { kind: 'ec', curves: named, scalar: scalar.content, publicKeys };
}

/** @throws AppError input.unsupported-algorithm for a curve spelled out, which can be any curve at all */
function readCurve(parameters: DerNode | undefined, offset: number): string {
  if (parameters === undefined) throw malformed('an EC key that names no curve', offset);
  if (parameters.tag === tag.oid) return readOid(parameters);
  throw new AppError('input.unsupported-algorithm', 'Only curves with a name are used here.', { algorithm: 'ecPublicKey' });
}
