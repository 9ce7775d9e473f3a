import type { DerNode } from '../asn1/der-reader.ts';
import { children, DerCursor, only, readDer } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readIntegerOctets, readOid } from '../asn1/read-value.ts';
import { readPrivateKey } from '../key/read-private-key.ts';
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { algorithmOid, curveOid, nameOfOid } from '../x509/oid.ts';
import type { JsonObject } from './json.ts';
import { describePasswordScheme } from './password-scheme.ts';

/**
 * A private key as JSON: its algorithm, or how it is encrypted. PKCS #8 (RFC 5958), and with a `form` beside, RSAPrivateKey (RFC 8017) and
 * ECPrivateKey (RFC 5915). No octet of a private key is ever said.
 * @throws AppError input.malformed-der
 */
export function inspectPrivateKey(der: Uint8Array): JsonObject {
  const outer = readDer(der);
  const [version, second] = children(outer);
  if (version?.tag !== tag.integer || second?.tag === tag.sequence) return { type: 'pkcs8', ...describeKeyInfo(outer) };
  const key = readPrivateKey(der);
  if (key.kind === 'rsa')
    return { type: 'pkcs8', form: 'pkcs1', isEncrypted: false, algorithm: 'rsaEncryption', keySize: bitsOf(key.modulus) };
  const curve = key.kind === 'ec' ? key.curves[0] : undefined;
  return {
    type: 'pkcs8',
    form: 'sec1',
    isEncrypted: false,
    algorithm: 'ecPublicKey',
    curve: curve === undefined ? null : nameOfOid(curveOid, curve),
  };
}

/** PrivateKeyInfo, OneAsymmetricKey or EncryptedPrivateKeyInfo. */
function describeKeyInfo(node: DerNode): JsonObject {
  const cursor = new DerCursor(node);
  if (cursor.nextTag !== tag.integer) return { isEncrypted: true, encryption: readEncryption(node) };
  cursor.next(tag.integer);
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const privateKey = cursor.next(tag.octetString);
  return { isEncrypted: false, algorithm: algorithm.name, oid: algorithm.oid, ...describeSize(algorithm, privateKey) };
}

/** The encryption of an EncryptedPrivateKeyInfo: also the content of a pkcs8ShroudedKeyBag. */
export function readEncryption(node: DerNode): JsonObject {
  const cursor = new DerCursor(node);
  const algorithm = readAlgorithmIdentifier(cursor.next(tag.sequence));
  cursor.next(tag.octetString);
  cursor.finish();
  return describePasswordScheme(algorithm);
}

function describeSize({ oid, parameters }: AlgorithmIdentifier, privateKey: DerNode): JsonObject {
  if (oid === algorithmOid.ecPublicKey && parameters?.tag === tag.oid) return { curve: nameOfOid(curveOid, readOid(parameters)) };
  return oid === algorithmOid.rsaEncryption || oid === algorithmOid.rsassaPss ? { keySize: readModulusSize(privateKey) } : {};
}

/** The modulus of an RSAPrivateKey (RFC 8017 appendix A.1.2) is public; of the rest only the version is passed over. */
function readModulusSize(privateKey: DerNode): number {
  const cursor = new DerCursor(only(privateKey, tag.sequence));
  cursor.next(tag.integer);
  return bitsOf(readIntegerOctets(cursor.next(tag.integer)));
}

function bitsOf(octets: Uint8Array): number {
  const magnitude = octets[0] === 0 ? octets.subarray(1) : octets;
  return Math.max(0, magnitude.length * 8 - Math.clz32((magnitude[0] ?? 0) << 24));
}
