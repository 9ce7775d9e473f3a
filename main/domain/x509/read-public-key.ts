import { DerCursor, DerNode, malformed, only } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readBitOctets, readIntegerOctets, readOid } from '../asn1/read-value.ts';
import type { AlgorithmIdentifier } from './algorithm-identifier.ts';
import { readAlgorithmIdentifier } from './algorithm-identifier.ts';
import { algorithmOid, curveOid, nameOfOid } from './oid.ts';

/** SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) with what the key itself says. */
export interface SubjectPublicKeyInfo {
  readonly algorithm: AlgorithmIdentifier;
  /** The named curve of an EC key: `p256`, `p384`, `p521`, or its OID. */
  readonly curve?: string;
  /** Bits of the RSA modulus, of the curve's order, or of the Edwards or Montgomery key; absent where it is not known. */
  readonly keySize?: number;
  /** RSA: the public exponent and modulus, big-endian without leading zeros. */
  readonly rsa?: { readonly modulus: Uint8Array; readonly publicExponent: Uint8Array };
  /** The octets of subjectPublicKey: what a SHA-1 key identifier is made over (RFC 5280 section 4.2.1.2). */
  readonly publicKey: Uint8Array;
  readonly der: Uint8Array;
}

const fixedSizes: Readonly<Record<string, number>> = {
  [algorithmOid.ed25519]: 256,
  [algorithmOid.x25519]: 256,
  [algorithmOid.ed448]: 456,
  [algorithmOid.x448]: 448,
};

const curveSizes: Readonly<Record<string, number>> = { p256: 256, p384: 384, p521: 521 };

/** @throws AppError input.malformed-der */
export function readSubjectPublicKeyInfo(node: DerNode): SubjectPublicKeyInfo {
  const cursor = new DerCursor(node);
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const bits = cursor.next(tag.bitString);
  cursor.finish();
  const publicKey = readBitOctets(bits);
  return { algorithm, publicKey, der: node.whole, ...readKeyFacts(algorithm, bits) };
}

type KeyFacts = Pick<SubjectPublicKeyInfo, 'curve' | 'keySize' | 'rsa'>;

function readKeyFacts(algorithm: AlgorithmIdentifier, bits: DerNode): KeyFacts {
  if (algorithm.oid === algorithmOid.rsaEncryption || algorithm.oid === algorithmOid.rsassaPss) return readRsaFacts(bits);
  if (algorithm.oid === algorithmOid.ecPublicKey) return readEcFacts(algorithm, bits);
  const keySize = fixedSizes[algorithm.oid];
  if (keySize === undefined) return {};
  if (bits.length - 1 !== Math.ceil(keySize / 8)) throw malformed('a public key of the wrong length', bits.offset);
  return { keySize };
}

/** RSAPublicKey (RFC 8017 appendix A.1.1), read where it stands behind the BIT STRING's first octet. */
function readRsaFacts(bits: DerNode): KeyFacts {
  const key = only(new DerNode(bits.source, bits.tag, bits.offset, bits.contentOffset + 1, bits.end), tag.sequence);
  const cursor = new DerCursor(key);
  const [modulus, publicExponent] = [positive(cursor.next(tag.integer)), positive(cursor.next(tag.integer))];
  cursor.finish();
  const keySize = modulus.length * 8 - Math.clz32((modulus[0] ?? 0) << 24);
  return { keySize, rsa: { modulus, publicExponent } };
}

function positive(node: DerNode): Uint8Array {
  const octets = readIntegerOctets(node);
  const magnitude = octets[0] === 0 ? octets.subarray(1) : octets;
  if (magnitude.length === 0 || (octets[0] ?? 0) >= 0x80) throw malformed('a number that is not positive in a public key', node.offset);
  return magnitude;
}

function readEcFacts(algorithm: AlgorithmIdentifier, bits: DerNode): KeyFacts {
  if (algorithm.parameters?.tag !== tag.oid) return {};
  const curve = nameOfOid(curveOid, readOid(algorithm.parameters));
  const keySize = curveSizes[curve];
  if (keySize === undefined) return { curve };
  const size = Math.ceil(keySize / 8);
  const form = bits.source[bits.contentOffset + 1];
  const pointLength = bits.length - 1;
  const isPoint = form === 4 ? pointLength === 1 + 2 * size : (form === 2 || form === 3) && pointLength === 1 + size;
  if (!isPoint) throw malformed('an elliptic curve point of the wrong form', bits.offset);
  return { curve, keySize };
}
