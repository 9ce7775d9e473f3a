import { AppError } from '../domain/errors.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import { rsaWeakness } from '../domain/key/weak-rsa.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { formatName } from '../domain/x509/name.ts';
import { isSignedBy } from '../domain/x509/signed-by.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { ReadStores } from '../ports/database.ts';
import { openBrought, type AuthorityFiles, type BroughtAuthority, type BroughtAuthorityParts } from './brought-authority.ts';
import { authorityCertificate } from './issuers.ts';
import { requireUnsharedKey } from './sound-key.ts';

/** An authority from outside, found good: its certificate, its key, and who stands above it here. */
export interface ForeignAuthority extends BroughtAuthority {
  /** What it will be called by here. */
  readonly id: string;
  readonly algorithm: KeyAlgorithm;
  readonly keyIdentifier: Uint8Array;
  /** Undefined for a root. */
  readonly parent: { readonly id: string; readonly subject: string } | undefined;
}

/** Another one of the same import, which may stand above. */
type Companion = Pick<ForeignAuthority, 'id' | 'certificate'>;

/**
 * Opens what an authority was brought in, and has its certificate and its key prove each other.
 * @throws AppError as `openBrought`; input.* for keys that are weak; path.not-authority, path.expired; path.unknown-issuer when what is
 *   above it is not here
 */
export async function readForeignAuthority(
  parts: BroughtAuthorityParts,
  stores: ReadStores,
  order: { readonly id: string; readonly files: AuthorityFiles; readonly companions: readonly Companion[]; readonly now: Date },
): Promise<ForeignAuthority> {
  const brought = await openBrought(parts, order.files);
  try {
    const { certificate } = brought;
    const keyIdentifier = requireInForce(certificate, order.now);
    const algorithm = requireSound(certificate);
    await requireUnsharedKey(stores, parts.primitives, certificate.subjectPublicKeyInfo);
    const parent = await parentOf(parts, stores, certificate, order.companions);
    return { ...brought, id: order.id, algorithm, keyIdentifier, parent };
  } catch (error) {
    brought.pair.pkcs8.fill(0);
    throw error;
  }
}

/** Its key identifier, which what it issues here is to name. */
function requireInForce({ extensions: { subjectKeyIdentifier }, notAfter }: Certificate, now: Date): Uint8Array {
  if (subjectKeyIdentifier === undefined)
    throw new AppError('input.invalid', 'The authority’s certificate has no key identifier.', {
      field: 'certificate',
      reason: 'key-identifier',
    });
  if (notAfter.getTime() <= now.getTime())
    throw new AppError('path.expired', 'The authority’s certificate has ended.', { field: 'certificate' });
  return subjectKeyIdentifier;
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

/** The authority here, or taken in with it, that signed it; undefined where it signed itself. */
async function parentOf(
  { primitives }: { readonly primitives: Primitives },
  stores: ReadStores,
  certificate: Certificate,
  companions: readonly Companion[],
): Promise<ForeignAuthority['parent']> {
  if (compareOctets(certificate.issuer.der, certificate.subject.der) === 0 && isSignedBy(certificate, certificate, primitives))
    return undefined;
  for (const { id, certificate: issuer } of [...companions, ...(await authoritiesHere(stores))])
    if (isSignedBy(certificate, issuer, primitives)) return { id, subject: formatName(issuer.subject.rdnSequence) };
  throw new AppError('path.unknown-issuer', 'The authority above this one is not here: take that one in first.', { field: 'certificate' });
}

async function authoritiesHere(stores: ReadStores): Promise<Companion[]> {
  const here: Companion[] = [];
  for (const authority of await stores.authorities.list())
    here.push({ id: authority.id, certificate: readCertificate(await authorityCertificate(stores, authority)) });
  return here;
}
