import { AppError } from '../domain/errors.ts';
import type { AuthorityAlgorithm } from '../domain/key/algorithm.ts';
import { composeAuthority } from '../domain/profile/compose-authority.ts';
import { intermediateAuthority } from '../domain/profile/intermediate-authority.ts';
import { prepareIssuer } from '../domain/profile/prepare-issuer.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import { serialNumberFrom, serialNumberSize } from '../domain/x509/tbs-certificate.ts';
import { notBeforeAt } from '../domain/x509/validity.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import { factsOf } from './certificate-facts.ts';
import { signLinted } from './sign-linted.ts';
import type { NewAuthorityParts, SigningAuthority } from './new-authority.ts';
import type { RecordAuthorityParts } from './record-authority.ts';

const day = 86_400_000;

/** Profile of a certificate that one key of a root has for another (RFC 4210 section 4.4). */
const crossProfile = 'cross-certificate';

/** The key a cross-certificate is for. */
export interface CrossSubject {
  readonly authorityId: string;
  readonly keyId: string;
  readonly algorithm: AuthorityAlgorithm;
  /** The certificate by which the same key vouches for itself. */
  readonly certificate: Certificate;
}

export interface CrossCertificate {
  readonly id: string;
  readonly subject: CrossSubject;
  readonly signer: SigningAuthority;
  readonly der: Uint8Array;
}

/**
 * One root key vouches for another of the same name, until the first of the two ends: who trusts one accepts what the other signs.
 * @throws AppError path.lint
 */
export async function crossCertify(
  parts: NewAuthorityParts,
  subject: CrossSubject,
  signer: SigningAuthority,
  now: Date,
): Promise<CrossCertificate> {
  const { certificate } = subject;
  const issuer = prepareIssuer(signer.issuer);
  const serialNumber = serialNumberFrom(parts.random.bytes(serialNumberSize), now);
  const notBefore = notBeforeAt(now, later(signer.notBefore, certificate.notBefore));
  const composed = composeAuthority({
    profile: intermediateAuthority,
    name: certificate.subject,
    algorithm: subject.algorithm,
    issuer,
    subjectPublicKeyInfo: certificate.subjectPublicKeyInfo.der,
    subjectKeyIdentifier: keyIdentifierIn(certificate),
    serialNumber,
    notBefore,
    validityDays: daysUntil(notBefore, certificate.notAfter),
  });
  const der = await signLinted(composed.tbsCertificate, composed.signatureAlgorithm, signer.sign);
  return { id: parts.random.uuid(), subject, signer, der };
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

const daysUntil = (from: Date, to: Date): number =>
  Math.min(intermediateAuthority.maximumValidityDays, Math.max(1, Math.floor((to.getTime() - from.getTime()) / day)));

function keyIdentifierIn({ extensions }: Certificate): Uint8Array {
  if (extensions.subjectKeyIdentifier === undefined) throw new AppError('internal', 'an authority without a key identifier');
  return extensions.subjectKeyIdentifier;
}

/** Not among what is current: they end with what they stand beside, and nobody renews them. */
export async function recordCrossCertificate(
  parts: RecordAuthorityParts,
  stores: Stores,
  { id, der, signer, subject: { authorityId, keyId } }: CrossCertificate,
  time: string,
): Promise<void> {
  const owner = { issuerAuthorityId: signer.id, keyId, personId: null, emails: [], profile: crossProfile };
  const record = { ...factsOf(parts, readCertificate(der)), ...owner, id, isAuthority: true, isCurrent: false, createdAt: time };
  await stores.certificates.insert([record], [der]);
  await stores.authorities.insertCrossCertificate(id, authorityId);
}

/** What other keys of its name say of an authority's key, DER; revoked ones left out. @throws AppError store.corrupt */
export async function crossCertificatesOf(stores: ReadStores, authorityId: string): Promise<readonly Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const id of await stores.authorities.crossCertificates(authorityId)) {
    const [row, der] = [await stores.certificates.find(id), await stores.certificates.der(id)];
    if (row === undefined || der === undefined)
      throw new AppError('store.corrupt', 'A cross-certificate is missing.', { what: 'certificate', id });
    if (row.revocation === null) found.push(der);
  }
  return found;
}
