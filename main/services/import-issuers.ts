import { isSameOctets } from '../domain/encoding/octets.ts';
import { AppError } from '../domain/errors.ts';
import { chainOf } from '../domain/request/chain-of.ts';
import { nameKey } from '../domain/x509/compare-name.ts';
import type { Certificate } from '../domain/x509/read-certificate.ts';
import type { SignaturePrimitives } from '../domain/x509/signature-primitives.ts';
import { isSignedBy } from '../domain/x509/signed-by.ts';

/** Who may stand above a certificate, of those who are known or came with it. */
export interface PossibleIssuers {
  readonly candidates: readonly Certificate[];
  /** Those who signed it, and those who signed them: the nearest first; none for a certificate that signed itself. */
  chainFor(primitives: Pick<SignaturePrimitives, 'verify'>): readonly Certificate[];
}

export const issuersAmong = (pool: readonly Certificate[], certificate: Certificate): PossibleIssuers => ({
  candidates: pool.filter(({ subject }) => nameKey(subject) === nameKey(certificate.issuer)),
  chainFor: (primitives) => chainOf(certificate, pool, primitives),
});

/**
 * Refuses a certificate that says it is from an authority whose key is known, and was not signed with it: it was changed, or forged. One
 * that names an authority nobody knows, or another key of the same name, is not refused.
 * @throws AppError path.signature
 */
export function requireNotForged(
  certificate: Certificate,
  candidates: readonly Certificate[],
  primitives: Pick<SignaturePrimitives, 'verify'>,
): void {
  if (isSignedBy(certificate, certificate, primitives)) return;
  const named = certificate.extensions.authorityKeyIdentifier?.keyIdentifier;
  const meant = candidates.filter(({ extensions: { subjectKeyIdentifier: own } }) => {
    if (named === undefined || own === undefined) return true;
    return isSameOctets(named, own);
  });
  if (meant.length > 0) throw new AppError('path.signature', 'The signature on this certificate is wrong.', { field: 'file' });
}
