import type { AuthorityAlgorithm } from '../domain/key/algorithm.ts';
import { keyIdentifierOf } from '../domain/key/subject-public-key-info.ts';
import type { AuthorityProfile } from '../domain/profile/certificate-profile.ts';
import { authorityName, composeAuthority } from '../domain/profile/compose-authority.ts';
import { prepareIssuer, type Issuer } from '../domain/profile/prepare-issuer.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { publicationNames, publicationOf } from '../domain/x509/publication.ts';
import { encodeCertificate, serialNumberFrom, serialNumberSize } from '../domain/x509/tbs-certificate.ts';
import { notBeforeAt, type Validity } from '../domain/x509/validity.ts';
import type { KeyPair, KeyPairs, Sign } from '../ports/key-pairs.ts';
import type { Random } from '../ports/random.ts';

export interface NewAuthorityOrder {
  readonly profile: AuthorityProfile;
  readonly practiceName: string;
  /** What tells it from the practice's other authorities, such as "Root". */
  readonly commonName: string;
  readonly algorithm: AuthorityAlgorithm;
  readonly publishUrl: string | undefined;
  /** Absent for a root. */
  readonly parent?: NewAuthority;
}

/** An authority with its key, made and not yet recorded. `pair.pkcs8` is the caller's to wipe. */
export interface NewAuthority extends Validity {
  readonly id: string;
  readonly keyId: string;
  readonly certificateId: string;
  readonly algorithm: AuthorityAlgorithm;
  readonly name: string;
  readonly subject: string;
  readonly serialNumber: string;
  readonly certificate: Uint8Array;
  readonly slug: string;
  readonly pair: KeyPair;
  readonly sign: Sign;
  /** For what it issues. */
  readonly issuer: Issuer;
}

export interface NewAuthorityParts {
  readonly keyPairs: KeyPairs;
  readonly random: Random;
  readonly digestSha256: (octets: Uint8Array) => Uint8Array;
}

/** Makes an authority's key and certificate. @throws AppError input.invalid, input.unsupported-algorithm */
export async function createAuthority(parts: NewAuthorityParts, order: NewAuthorityOrder, now: Date): Promise<NewAuthority> {
  const { profile, algorithm, parent } = order;
  const pair = await parts.keyPairs.generate(algorithm);
  const keyIdentifier = keyIdentifierOf(pair.subjectPublicKeyInfo, parts.digestSha256);
  const serialNumber = serialNumberFrom(parts.random.bytes(serialNumberSize), now);
  const commonName = `${order.practiceName} ${order.commonName}`;
  const composed = composeAuthority({
    profile,
    algorithm,
    name: authorityName(order.practiceName, commonName),
    subjectPublicKeyInfo: pair.subjectPublicKeyInfo,
    subjectKeyIdentifier: keyIdentifier,
    serialNumber,
    notBefore: notBeforeAt(now, parent?.notBefore),
    ...(parent === undefined ? {} : { issuer: prepareIssuer(parent.issuer) }),
  });
  const sign = parts.keyPairs.signer(pair.pkcs8, algorithm);
  const certificate = encodeCertificate(
    composed.tbsCertificate,
    composed.signatureAlgorithm,
    (parent?.sign ?? sign)(composed.tbsCertificate),
  );
  const publication = order.publishUrl === undefined ? {} : { publication: publicationOf(order.publishUrl, commonName, keyIdentifier) };
  return {
    id: parts.random.uuid(),
    keyId: parts.random.uuid(),
    certificateId: parts.random.uuid(),
    algorithm,
    name: commonName,
    subject: composed.subject,
    serialNumber: hexEncode(serialNumber),
    certificate,
    slug: publicationNames(commonName, keyIdentifier).crlName.replace(/\.crl$/, ''),
    pair,
    sign,
    issuer: { name: composed.name, keyIdentifier, algorithm, notAfter: composed.notAfter, ...publication },
    notBefore: composed.notBefore,
    notAfter: composed.notAfter,
  };
}
