import { hash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import type { KeyAlgorithm } from '../../domain/key/algorithm.ts';
import { fixedLengthPublicKeyInfo, rsaPublicKeyInfo } from '../../domain/key/subject-public-key-info.ts';
import { bitString, nullValue, octetString, oid, sequence, unsignedInteger } from '../../domain/asn1/der-writer.ts';
import { algorithmOid, curveOid, digestOid } from '../../domain/x509/oid.ts';
import { attributeType, mechanismType } from '../../../native/pkcs11/constants.ts';
import type { Template } from '../../../native/pkcs11/session.ts';

/** What keys are made of on tokens, the preferred first. */
export const tokenAlgorithms = ['p256', 'p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'] as const satisfies readonly KeyAlgorithm[];

export type TokenAlgorithm = (typeof tokenAlgorithms)[number];

/** Reads a value of a key; undefined when the token does not show it. */
export type ReadAttribute = (type: number) => Uint8Array | undefined;

/** How keys of one algorithm are made and sign (PKCS #11 v3.1 sections 6.1 and 6.3). */
export interface KeyMechanisms {
  readonly generate: number;
  readonly sign: number;
  /** Size as mechanisms count it. */
  readonly bits: number;
  /** Says to C_GenerateKeyPair which key of its kind. */
  readonly parameters: Template;
  /** SubjectPublicKeyInfo, DER, from a public key's attributes. @throws AppError token.device-failed */
  publicKeyInfo(read: ReadAttribute): Uint8Array;
  /** What C_Sign is given for data, and what of its result is the signature as X.509 carries it. */
  prepare(data: Uint8Array): Uint8Array;
  finish(result: Uint8Array): Uint8Array;
}

const unchanged = (octets: Uint8Array): Uint8Array => octets;

const ec = (algorithm: 'p256' | 'p384', digest: 'sha256' | 'sha384', bits: number): KeyMechanisms => ({
  generate: mechanismType.ecKeyPairGen,
  sign: mechanismType.ecdsa,
  bits,
  parameters: [{ type: attributeType.ecParams, value: Buffer.from(oid(curveOid[algorithm])) }],
  publicKeyInfo: (read) => fixedLengthPublicKeyInfo(algorithm, pointOf(read, (2 * bits) / 8 + 1)),
  prepare: (data) => hash(digest, data, 'buffer'),
  finish: ecdsaSigValue,
});

const rsa = (bits: number): KeyMechanisms => ({
  generate: mechanismType.rsaPkcsKeyPairGen,
  sign: mechanismType.rsaPkcs,
  bits,
  parameters: [
    { type: attributeType.modulusBits, value: bits },
    { type: attributeType.publicExponent, value: Buffer.of(1, 0, 1) },
  ],
  publicKeyInfo: (read) => rsaPublicKeyInfo(required(read(attributeType.modulus)), required(read(attributeType.publicExponent))),
  prepare: (data) => sequence(sequence(oid(digestOid.sha256), nullValue()), octetString(hash('sha256', data, 'buffer'))),
  finish: unchanged,
});

const ed25519: KeyMechanisms = {
  generate: mechanismType.ecEdwardsKeyPairGen,
  sign: mechanismType.eddsa,
  bits: 256,
  parameters: [{ type: attributeType.ecParams, value: Buffer.from(oid(algorithmOid.ed25519)) }],
  publicKeyInfo: (read) => fixedLengthPublicKeyInfo('ed25519', pointOf(read, 32)),
  prepare: unchanged,
  finish: unchanged,
};

const mechanisms: Readonly<Record<TokenAlgorithm, KeyMechanisms>> = {
  p256: ec('p256', 'sha256', 256),
  p384: ec('p384', 'sha384', 384),
  'rsa-2048': rsa(2048),
  'rsa-3072': rsa(3072),
  'rsa-4096': rsa(4096),
  ed25519,
};

/** @throws AppError token.mechanism-unsupported for an algorithm no key is made of on tokens */
export function mechanismsOf(algorithm: KeyAlgorithm): KeyMechanisms {
  const known = tokenAlgorithms.find((candidate) => candidate === algorithm);
  if (known === undefined) throw new AppError('token.mechanism-unsupported', 'No such key is made on tokens.', { algorithm });
  return mechanisms[known];
}

function required(octets: Uint8Array | undefined): Uint8Array {
  if (octets === undefined || octets.length === 0)
    throw new AppError('token.device-failed', 'The token does not show the public key it has made.', { what: 'public key' });
  return octets;
}

/** CKA_EC_POINT is an OCTET STRING around the point; some drivers give the point itself, some a BIT STRING. */
function pointOf(read: ReadAttribute, length: number): Uint8Array {
  const value = required(read(attributeType.ecPoint));
  const point = value.subarray(value.length - length);
  const headers = [new Uint8Array(), octetString(point).subarray(0, -length), bitString(point).subarray(0, -length)];
  const before = value.subarray(0, Math.max(0, value.length - length));
  if (point.length === length && headers.some((header) => Buffer.compare(header, before) === 0)) return point;
  throw new AppError('token.device-failed', 'The token shows a public key of another form.', { what: 'public key' });
}

/** Ecdsa-Sig-Value (RFC 3279 section 2.2.3) from r and s side by side. */
function ecdsaSigValue(result: Uint8Array): Uint8Array {
  const half = result.length / 2;
  return sequence(unsignedInteger(result.subarray(0, half)), unsignedInteger(result.subarray(half)));
}
