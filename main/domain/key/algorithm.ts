import { nullValue, oid, sequence } from '../asn1/der-writer.ts';
import { AppError } from '../errors.ts';
import { algorithmOid, curveOid } from '../x509/oid.ts';
import type { KeyUsagePurpose } from './usage.ts';

/** Key algorithms Keyward generates, largest first within a family. A person's key can be of any. */
export const keyAlgorithms = ['rsa-4096', 'rsa-3072', 'rsa-2048', 'p256', 'p384', 'p521', 'ed25519'] as const;

export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** What records of keys are of: X25519 (RFC 7748) as well, which no certificate carries but an OpenPGP subkey is, and `other` for a foreign key. */
export type StoredKeyAlgorithm = KeyAlgorithm | 'x25519' | 'other';

/** What an authority's key can be (S/MIME BR section 6.1.5; RSA below 4096 is refused for authorities from September 2026). */
export const authorityAlgorithms = ['p256', 'p384', 'p521', 'rsa-4096'] as const satisfies readonly KeyAlgorithm[];

export type AuthorityAlgorithm = (typeof authorityAlgorithms)[number];

/** Families that share keyUsage rules and encodings. */
export type KeyFamily = 'rsa' | 'ec' | 'edwards';

const families: Readonly<Record<KeyAlgorithm, KeyFamily>> = {
  'rsa-2048': 'rsa',
  'rsa-3072': 'rsa',
  'rsa-4096': 'rsa',
  p256: 'ec',
  p384: 'ec',
  p521: 'ec',
  ed25519: 'edwards',
};

export const familyOf = (algorithm: KeyAlgorithm): KeyFamily => families[algorithm];

/** Whether keys of this algorithm can do what the purpose asks. Ed25519 signs and nothing else (RFC 8410 section 5). */
export function canServe(algorithm: KeyAlgorithm, purpose: KeyUsagePurpose): boolean {
  if (purpose === 'authority') return isAuthorityAlgorithm(algorithm);
  return purpose === 'sign' || purpose === 'revocation' || familyOf(algorithm) !== 'edwards';
}

/** @throws AppError input.unsupported-algorithm with details {algorithm, purpose} */
export function requireAbility(algorithm: KeyAlgorithm, purpose: KeyUsagePurpose): void {
  if (canServe(algorithm, purpose)) return;
  throw new AppError('input.unsupported-algorithm', `${algorithm} cannot be used for a key of purpose "${purpose}".`, {
    algorithm,
    purpose,
  });
}

const isAuthorityAlgorithm = (algorithm: KeyAlgorithm): boolean => authorityAlgorithms.some((known) => known === algorithm);

/** Reads an algorithm's name as the command line and the settings write it. @throws AppError input.unsupported-algorithm */
export function parseKeyAlgorithm(text: string): KeyAlgorithm {
  const known = keyAlgorithms.find((algorithm) => algorithm === text);
  if (known === undefined) throw unknown(keyAlgorithms);
  return known;
}

/** As `parseKeyAlgorithm`, for authorities. @throws AppError input.unsupported-algorithm */
export function parseAuthorityAlgorithm(text: string): AuthorityAlgorithm {
  const known = authorityAlgorithms.find((algorithm) => algorithm === text);
  if (known === undefined) throw unknown(authorityAlgorithms);
  return known;
}

const unknown = (allowed: readonly KeyAlgorithm[]): AppError =>
  new AppError('input.unsupported-algorithm', `This is not one of the algorithms ${allowed.join(', ')}.`, { allowed });

/** How an issuer signs. */
export interface SignatureAlgorithm {
  /** The digest to hand to the signing primitive; Ed25519 takes the message itself. */
  readonly digest: 'sha256' | 'sha384' | 'sha512' | null;
  /** AlgorithmIdentifier, DER, exactly as S/MIME BR section 7.1.3.2 prints it. */
  readonly algorithmIdentifier: Uint8Array;
}

const rsaSha256: SignatureAlgorithm = signature('sha256', sequence(oid(algorithmOid.sha256WithRSAEncryption), nullValue()));

const signatureAlgorithms: Readonly<Record<KeyAlgorithm, SignatureAlgorithm>> = {
  'rsa-2048': rsaSha256,
  'rsa-3072': rsaSha256,
  'rsa-4096': rsaSha256,
  p256: signature('sha256', sequence(oid(algorithmOid.ecdsaWithSha256))),
  p384: signature('sha384', sequence(oid(algorithmOid.ecdsaWithSha384))),
  p521: signature('sha512', sequence(oid(algorithmOid.ecdsaWithSha512))),
  ed25519: signature(null, sequence(oid(algorithmOid.ed25519))),
};

function signature(digest: SignatureAlgorithm['digest'], algorithmIdentifier: Uint8Array): SignatureAlgorithm {
  return { digest, algorithmIdentifier };
}

/**
 * The signature algorithm a key of this algorithm signs certificates, requests and lists with: the digest of the curve's
 * strength for EC (S/MIME BR section 7.1.3.2.2), PKCS #1 v1.5 with SHA-256 for RSA.
 */
export const signatureAlgorithmOf = (issuerKeyAlgorithm: KeyAlgorithm): SignatureAlgorithm => signatureAlgorithms[issuerKeyAlgorithm];

const ec = (curve: string): Uint8Array => sequence(oid(algorithmOid.ecPublicKey), oid(curve));
const rsaEncryption = sequence(oid(algorithmOid.rsaEncryption), nullValue());

const publicKeyAlgorithms: Readonly<Record<KeyAlgorithm, Uint8Array>> = {
  'rsa-2048': rsaEncryption,
  'rsa-3072': rsaEncryption,
  'rsa-4096': rsaEncryption,
  p256: ec(curveOid.p256),
  p384: ec(curveOid.p384),
  p521: ec(curveOid.p521),
  ed25519: sequence(oid(algorithmOid.ed25519)),
};

/** The AlgorithmIdentifier inside a SubjectPublicKeyInfo, DER (S/MIME BR section 7.1.3.1, byte for byte). */
export const publicKeyAlgorithmIdentifier = (algorithm: KeyAlgorithm): Uint8Array => publicKeyAlgorithms[algorithm];
