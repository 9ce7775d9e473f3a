import type { FileContent, Secret } from '../contract/secret.ts';
import { readEncodedObjects } from '../domain/encoding/pem.ts';
import { AppError } from '../domain/errors.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import { rsaWeakness } from '../domain/key/weak-rsa.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { isSignedBy } from '../domain/x509/signed-by.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { KeyPair } from '../ports/key-pairs.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { KeyPairs } from '../ports/key-pairs.ts';
import type { ReadStores } from '../ports/database.ts';
import type { AuthorityRecord } from '../ports/stores/authorities.ts';
import { authorityCertificate } from './issuers.ts';

/** An authority from outside, found good: its certificate, its key, and who stands above it here. */
export interface ForeignAuthority {
  readonly certificate: Certificate;
  readonly algorithm: KeyAlgorithm;
  /** The caller wipes `pkcs8`. */
  readonly pair: KeyPair;
  readonly keyIdentifier: Uint8Array;
  /** Undefined for a root. */
  readonly parent: AuthorityRecord | undefined;
}

export interface ForeignAuthorityParts {
  readonly keyPairs: KeyPairs;
  readonly primitives: Primitives;
}

/**
 * Reads an authority's certificate and key and has them prove each other.
 * @throws AppError input.* for files that cannot be read or keys that are weak or do not match; path.not-authority, path.expired;
 *   path.unknown-issuer when what is above it is not here
 */
export async function readForeignAuthority(
  parts: ForeignAuthorityParts,
  stores: ReadStores,
  input: { readonly certificate: FileContent; readonly key: Secret; readonly password?: Secret | undefined; readonly now: Date },
): Promise<ForeignAuthority> {
  const certificate = onlyCertificate(input.certificate);
  const { basicConstraints, keyUsage, subjectKeyIdentifier } = certificate.extensions;
  if (basicConstraints?.cA !== true || keyUsage?.includes('keyCertSign') === false)
    throw new AppError('path.not-authority', 'This certificate is not that of an authority.', { field: 'certificate' });
  if (subjectKeyIdentifier === undefined)
    throw new AppError('input.invalid', 'The authority’s certificate has no key identifier.', {
      field: 'certificate',
      reason: 'key-identifier',
    });
  if (certificate.notAfter.getTime() <= input.now.getTime())
    throw new AppError('path.expired', 'The authority’s certificate has ended.', { field: 'certificate' });
  const algorithm = requireSound(certificate);
  const parent = await parentOf(parts, stores, certificate);
  const pair = parts.keyPairs.open(input.key.reveal(), input.password?.reveal());
  if (compareOctets(pair.subjectPublicKeyInfo, certificate.subjectPublicKeyInfo.der) !== 0) {
    pair.pkcs8.fill(0);
    throw new AppError('input.invalid', 'The key is not that of the certificate.', { field: 'key', reason: 'mismatch' });
  }
  return { certificate, algorithm, pair, keyIdentifier: subjectKeyIdentifier, parent };
}

function onlyCertificate(file: FileContent): Certificate {
  const [first] = readEncodedObjects(file.bytes).filter(({ label }) => label === undefined || label.endsWith('CERTIFICATE'));
  if (first === undefined) throw new AppError('input.empty', 'There is no certificate in this file.', { field: 'certificate' });
  return readCertificate(first.der);
}

function requireSound({ subjectPublicKeyInfo: { der, algorithm, keySize, rsa } }: Certificate): KeyAlgorithm {
  const known = keyAlgorithmOf(der);
  if (known === undefined || known === 'ed25519')
    throw new AppError('input.unsupported-algorithm', 'Keyward does not work with authorities of such keys.', {
      algorithm: keySize === undefined ? algorithm.name : `${algorithm.name} ${keySize}`,
    });
  const weakness = rsa && rsaWeakness(rsa.modulus);
  if (weakness !== undefined) throw new AppError('input.weak-key', 'The private half of this key can be computed.', { weakness });
  return known;
}

/** The authority here that signed it; undefined where it signed itself. */
async function parentOf(parts: ForeignAuthorityParts, stores: ReadStores, certificate: Certificate): Promise<AuthorityRecord | undefined> {
  if (compareOctets(certificate.issuer.der, certificate.subject.der) === 0 && isSignedBy(certificate, certificate, parts.primitives))
    return undefined;
  for (const authority of await stores.authorities.list())
    if (isSignedBy(certificate, readCertificate(await authorityCertificate(stores, authority)), parts.primitives)) return authority;
  throw new AppError('path.unknown-issuer', 'The authority above this one is not here: take that one in first.', { field: 'certificate' });
}
