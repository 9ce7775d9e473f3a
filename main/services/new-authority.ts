import type { AuthorityAlgorithm } from '../domain/key/algorithm.ts';
import { keyIdentifierOf } from '../domain/key/subject-public-key-info.ts';
import type { AuthorityProfile } from '../domain/profile/certificate-profile.ts';
import { authorityName, composeAuthority } from '../domain/profile/compose-authority.ts';
import { prepareIssuer, type Issuer } from '../domain/profile/prepare-issuer.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { publicationSlug, publicationOf } from '../domain/x509/publication.ts';
import type { Name } from '../domain/x509/read-name.ts';
import { serialNumberFrom, serialNumberSize } from '../domain/x509/tbs-certificate.ts';
import { notBeforeAt, type Validity } from '../domain/x509/validity.ts';
import type { AuthoritySign, KeyPair, KeyPairs } from '../ports/key-pairs.ts';
import type { Random } from '../ports/random.ts';
import { signLinted } from './sign-linted.ts';

export interface NewAuthorityOrder {
  readonly profile: AuthorityProfile;
  readonly practiceName: string;
  /** What tells it from the practice's other authorities. */
  readonly commonName: string;
  readonly algorithm: AuthorityAlgorithm;
  readonly publishUrl: string | undefined;
  /** Its name in certificates, where that is another authority's; absent: what practice and common name give. */
  readonly sameNameAs?: Name | undefined;
  /** Absent for a root. */
  readonly parent?: SigningAuthority | undefined;
  /** As `AuthorityOrder` has them. */
  readonly validityDays?: number | undefined;
  readonly pathLength?: number | undefined;
  readonly permittedMailDomains?: readonly string[] | undefined;
  /** Its key, where that was made on a token. */
  readonly key?: { readonly subjectPublicKeyInfo: Uint8Array; readonly sign: AuthoritySign } | undefined;
}

/** An authority whose key is open, to sign another one's certificate. */
export interface SigningAuthority {
  readonly id: string;
  readonly subject: string;
  readonly notBefore: Date;
  readonly issuer: Issuer;
  readonly sign: AuthoritySign;
}

/** An authority with its key, made and not yet recorded. `pair.pkcs8` is the caller's to wipe, and empty for a key on a token. */
export interface NewAuthority extends Validity, SigningAuthority {
  readonly keyId: string;
  readonly certificateId: string;
  readonly profile: AuthorityProfile['id'];
  readonly algorithm: AuthorityAlgorithm;
  readonly name: string;
  readonly notBefore: Date;
  readonly serialNumber: string;
  readonly certificate: Uint8Array;
  readonly slug: string;
  /** Null where it names no place. */
  readonly publishUrl: string | null;
  readonly pair: KeyPair;
}

export interface NewAuthorityParts {
  readonly keyPairs: KeyPairs;
  readonly random: Random;
  readonly digestSha256: (octets: Uint8Array) => Uint8Array;
}

/** Makes an authority's key and certificate. @throws AppError input.invalid, input.unsupported-algorithm, path.lint; token.* */
export async function createAuthority(parts: NewAuthorityParts, order: NewAuthorityOrder, now: Date): Promise<NewAuthority> {
  const { algorithm, commonName } = order;
  const pair = order.key === undefined ? await parts.keyPairs.generate(algorithm) : { ...order.key, pkcs8: new Uint8Array() };
  try {
    const keyIdentifier = keyIdentifierOf(pair.subjectPublicKeyInfo, parts.digestSha256);
    const sign = order.key?.sign ?? parts.keyPairs.signer(pair.pkcs8, algorithm);
    const { composed, certificate, serialNumber } = await certify(parts, order, { ...pair, keyIdentifier, sign }, now);
    const publication = order.publishUrl === undefined ? undefined : publicationOf(order.publishUrl, commonName, keyIdentifier);
    return {
      id: parts.random.uuid(),
      keyId: parts.random.uuid(),
      certificateId: parts.random.uuid(),
      profile: order.profile.id,
      algorithm,
      name: commonName,
      subject: composed.subject,
      serialNumber: hexEncode(serialNumber),
      certificate,
      slug: publicationSlug(commonName, keyIdentifier),
      publishUrl: publication?.url ?? null,
      pair,
      sign,
      issuer: { name: composed.name, keyIdentifier, algorithm, notAfter: composed.notAfter, ...(publication && { publication }) },
      notBefore: composed.notBefore,
      notAfter: composed.notAfter,
    };
  } catch (error) {
    pair.pkcs8.fill(0);
    throw error;
  }
}

interface AuthorityKey {
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly keyIdentifier: Uint8Array;
  readonly sign: AuthoritySign;
}

/** Its certificate: signed by its parent, a root's with its own key. */
async function certify(parts: NewAuthorityParts, order: NewAuthorityOrder, key: AuthorityKey, now: Date) {
  const { profile, algorithm, parent, validityDays, pathLength, permittedMailDomains } = order;
  const serialNumber = serialNumberFrom(parts.random.bytes(serialNumberSize), now);
  const composed = composeAuthority({
    profile,
    algorithm,
    name: order.sameNameAs ?? authorityName(order.practiceName, order.commonName),
    subjectPublicKeyInfo: key.subjectPublicKeyInfo,
    subjectKeyIdentifier: key.keyIdentifier,
    serialNumber,
    notBefore: notBeforeAt(now, parent?.notBefore),
    ...(parent === undefined ? {} : { issuer: prepareIssuer(parent.issuer) }),
    ...(validityDays === undefined ? {} : { validityDays }),
    ...(pathLength === undefined ? {} : { pathLength }),
    ...(permittedMailDomains === undefined ? {} : { permittedMailDomains }),
  });
  const sign = parent?.sign ?? key.sign;
  const certificate = await signLinted(composed.tbsCertificate, composed.signatureAlgorithm, sign, profile);
  return { composed, certificate, serialNumber };
}
