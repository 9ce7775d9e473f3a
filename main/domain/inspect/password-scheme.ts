import type { DerNode } from '../asn1/der-reader.ts';
import { DerCursor } from '../asn1/der-reader.ts';
import { tag } from '../asn1/der-writer.ts';
import { readIntegerHex, readSmallInteger } from '../asn1/read-value.ts';
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { readAlgorithmIdentifier } from '../x509/algorithm-identifier.ts';
import { nameOfOid } from '../x509/oid.ts';
import type { JsonObject } from './json.ts';
import { ciphers, passwordSchemes, pseudorandomFunctions } from './oid-names.ts';

/**
 * How something is encrypted under a password: scheme, key derivation and its cost, cipher. Salts and IVs are left out.
 * @throws AppError input.malformed-der
 */
export function describePasswordScheme(algorithm: AlgorithmIdentifier): JsonObject {
  const scheme = nameOfOid(passwordSchemes, algorithm.oid);
  const parameters = algorithm.parameters;
  if (parameters?.tag !== tag.sequence) return { scheme };
  if (algorithm.oid === passwordSchemes.pbes2) {
    const { derivation, inner } = readPair(parameters);
    return { scheme, ...describeDerivation(derivation), cipher: nameOfOid(ciphers, inner.oid) };
  }
  return scheme.startsWith('pbeWith') ? { scheme, iterations: readIterations(parameters) } : { scheme };
}

/** PBMAC1 (RFC 9579): the derivation and the message authentication scheme. */
export function describePbmac1(parameters: DerNode): JsonObject {
  const { derivation, inner } = readPair(parameters);
  return { scheme: 'pbmac1', ...describeDerivation(derivation), mac: nameOfOid(pseudorandomFunctions, inner.oid) };
}

/** SEQUENCE { keyDerivationFunc, encryptionScheme or messageAuthScheme } (RFC 8018 appendix A.4 and A.5). */
function readPair(parameters: DerNode): { derivation: AlgorithmIdentifier; inner: AlgorithmIdentifier } {
  const cursor = new DerCursor(parameters);
  const derivation = readAlgorithmIdentifier(cursor.next(tag.sequence));
  const inner = readAlgorithmIdentifier(cursor.next(tag.sequence));
  cursor.finish();
  return { derivation, inner };
}

function describeDerivation({ oid, parameters }: AlgorithmIdentifier): JsonObject {
  const kdf = nameOfOid(passwordSchemes, oid);
  if (parameters?.tag !== tag.sequence) return { kdf };
  if (oid === passwordSchemes.pbkdf2) return { kdf, ...describePbkdf2(parameters) };
  return oid === passwordSchemes.scrypt ? { kdf, ...describeScrypt(parameters) } : { kdf };
}

function describePbkdf2(parameters: DerNode): JsonObject {
  const cursor = new DerCursor(parameters);
  cursor.next();
  const iterations = readSmallInteger(cursor.next(tag.integer));
  cursor.optional(tag.integer);
  const prf = cursor.optional(tag.sequence);
  cursor.finish();
  return { prf: prf === undefined ? 'hmacWithSHA1' : nameOfOid(pseudorandomFunctions, readAlgorithmIdentifier(prf).oid), iterations };
}

function describeScrypt(parameters: DerNode): JsonObject {
  const cursor = new DerCursor(parameters);
  cursor.next(tag.octetString);
  const [cost, blockSize, parallelization] = [cursor.next(tag.integer), cursor.next(tag.integer), cursor.next(tag.integer)];
  return {
    costParameter: `0x${readIntegerHex(cost)}`,
    blockSize: readSmallInteger(blockSize),
    parallelization: readSmallInteger(parallelization),
  };
}

/** PBEParameter and pkcs-12PbeParams: salt, iterations. */
function readIterations(parameters: DerNode): number {
  const cursor = new DerCursor(parameters);
  cursor.next(tag.octetString);
  const iterations = readSmallInteger(cursor.next(tag.integer));
  cursor.finish();
  return iterations;
}
