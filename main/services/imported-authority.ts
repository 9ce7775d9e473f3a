import { AppError } from '../domain/errors.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import { rsaWeakness } from '../domain/key/weak-rsa.ts';
import { chainOf } from '../domain/request/chain-of.ts';
import { compareOctets } from '../domain/asn1/der-writer.ts';
import { formatName } from '../domain/x509/name.ts';
import { isSignedBy } from '../domain/x509/signed-by.ts';
import { readCertificate, type Certificate } from '../domain/x509/read-certificate.ts';
import type { Clock } from '../ports/clock.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { ReadStores } from '../ports/database.ts';
import { openBrought, type AuthorityFiles, type BroughtAuthority, type BroughtAuthorityParts } from './brought-authority.ts';
import { authorityCertificate } from './issuers.ts';
import { knownAuthorities, requireHolding } from './outside-answer.ts';
import type { KnownAuthority } from './record-answer.ts';
import { requireUnsharedKey } from './sound-key.ts';

/** An authority from outside, found good: its certificate, its key, and who stands above it here. */
export interface ForeignAuthority extends BroughtAuthority {
  /** What it will be called by here. */
  readonly id: string;
  readonly algorithm: KeyAlgorithm;
  readonly keyIdentifier: Uint8Array;
  /** Undefined for a root. */
  readonly parent: AuthorityAbove | OutsideAbove | undefined;
}

/** One of the practice's, or taken in with it. */
export interface AuthorityAbove {
  readonly id: string;
  readonly subject: string;
}

/** Somebody else's, whose key is not here: known by the certificates up to the last one, the nearest first. */
export interface OutsideAbove {
  readonly chain: readonly Certificate[];
  readonly known: readonly KnownAuthority[];
  readonly subject: string;
}

/** Another one of the same import, which may stand above. */
type Companion = Pick<ForeignAuthority, 'id' | 'certificate'>;

/**
 * Opens what an authority was brought in, and has its certificate and its key prove each other.
 * @throws AppError as `openBrought`; input.* for keys that are weak; path.not-authority, path.expired; path.unknown-issuer when what is
 *   above it is neither here nor came with it; path.* where the certificates above it do not hold
 */
export async function readForeignAuthority(
  parts: BroughtAuthorityParts & { readonly clock: Clock },
  stores: ReadStores,
  order: { readonly id: string; readonly files: AuthorityFiles; readonly companions: readonly Companion[]; readonly now: Date },
): Promise<ForeignAuthority> {
  const brought = await openBrought(parts, order.files);
  try {
    const { certificate } = brought;
    const keyIdentifier = requireInForce(certificate, order.now);
    const algorithm = requireSound(certificate);
    await requireUnsharedKey(stores, parts.primitives, certificate.subjectPublicKeyInfo);
    const parent = await parentOf(parts, stores, brought, order.companions);
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

/** The authority here, taken in with it, or outside, that signed it; undefined where it signed itself. */
async function parentOf(
  parts: { readonly primitives: Primitives; readonly clock: Clock },
  stores: ReadStores,
  { certificate, others }: BroughtAuthority,
  companions: readonly Companion[],
): Promise<ForeignAuthority['parent']> {
  if (compareOctets(certificate.issuer.der, certificate.subject.der) === 0 && isSignedBy(certificate, certificate, parts.primitives))
    return undefined;
  for (const { id, certificate: issuer } of [...companions, ...(await authoritiesHere(stores))])
    if (isSignedBy(certificate, issuer, parts.primitives)) return { id, subject: formatName(issuer.subject.rdnSequence) };
  return outsideAbove(parts, await knownAuthorities(stores), certificate, others);
}

/** @throws AppError path.unknown-issuer; path.* of what does not hold */
function outsideAbove(
  parts: { readonly primitives: Primitives; readonly clock: Clock },
  known: readonly KnownAuthority[],
  certificate: Certificate,
  others: readonly Certificate[],
): OutsideAbove {
  const chain = chainOf(certificate, [...others, ...known.map((authority) => authority.certificate)], parts.primitives);
  const [nearest] = chain;
  if (nearest === undefined)
    throw new AppError('path.unknown-issuer', 'The authority above this one is not here: bring its certificate too.', { field: 'above' });
  requireHolding(parts, certificate, chain);
  return { chain, known, subject: formatName(nearest.subject.rdnSequence) };
}

async function authoritiesHere(stores: ReadStores): Promise<Companion[]> {
  const here: Companion[] = [];
  for (const authority of await stores.authorities.list())
    here.push({ id: authority.id, certificate: readCertificate(await authorityCertificate(stores, authority)) });
  return here;
}
