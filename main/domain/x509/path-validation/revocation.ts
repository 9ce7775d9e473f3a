import type { DistributionPoint, ReasonFlag } from '../extension-values.ts';
import type { Certificate } from '../read-certificate.ts';
import type { CertificateList, RevokedCertificate } from '../read-certificate-list.ts';
import type { PathContext } from './context.ts';
import { lookUp } from './crl-entry.ts';
import { deltaFor } from './delta-crl.ts';
import { allReasons, coveredReasons, impliedPoint } from './distribution-point.ts';
import { understoodCrlExtensions } from './understood-crl-extensions.ts';

/** Says whether a CRL, found through a distribution point, carries the signature of somebody who may sign it for this certificate. */
export type CrlTrust = (list: CertificateList, point: DistributionPoint) => boolean;

/** What is known of a certificate's revocation. */
export type RevocationStatus =
  | { readonly state: 'good' }
  /** `isDisbelieved`: a CRL that is current speaks for the certificate, and counts for nothing by its signer or its form. */
  | { readonly state: 'unknown'; readonly isDisbelieved?: boolean }
  | { readonly state: 'revoked'; readonly entry: Pick<RevokedCertificate, 'revocationDate' | 'reasonCode'> };

/** The revocation of one certificate by the CRLs given (RFC 5280 section 6.3). */
export function statusByLists(context: PathContext, certificate: Certificate, isTrusted: CrlTrust): RevocationStatus {
  const open = new Set<ReasonFlag>(allReasons);
  let isDisbelieved = false;
  const points = [...(certificate.extensions.cRLDistributionPoints ?? []), impliedPoint(certificate)];
  for (const point of points) {
    for (const list of context.request.crls ?? []) {
      if (list.extensions.deltaCRLIndicator !== undefined) continue;
      const covered = coveredReasons(certificate, point, list);
      if (covered.length === 0) continue;
      const status = isTrusted(list, point) ? statusBy(context, certificate, list, (delta) => isTrusted(delta, point)) : unknown;
      if (status.state === 'revoked') return status;
      if (status.state === 'good') for (const reason of covered) open.delete(reason);
      else isDisbelieved ||= isCurrent(context, list);
    }
  }
  return open.size === 0 ? { state: 'good' } : { state: 'unknown', isDisbelieved };
}

const unknown: RevocationStatus = { state: 'unknown' };

/** One complete CRL with its newest delta. That a stale CRL lists a certificate still counts; that it does not, does not. */
function statusBy(
  context: PathContext,
  certificate: Certificate,
  list: CertificateList,
  isTrusted: (delta: CertificateList) => boolean,
): RevocationStatus {
  const delta = deltaFor(context, list, (candidate) => isUsable(context, candidate) && isTrusted(candidate));
  const changed = delta === undefined ? 'absent' : lookUp(context, certificate, delta);
  const isRemoved = typeof changed === 'object' && changed.reasonCode === 'removeFromCRL';
  if (typeof changed === 'object' && !isRemoved) return { state: 'revoked', entry: changed };
  const entry = isRemoved ? 'absent' : lookUp(context, certificate, list);
  if (typeof entry === 'object') return { state: 'revoked', entry };
  const isKnown = entry === 'absent' && changed !== 'unusable' && isUsable(context, list);
  return { state: isKnown ? 'good' : 'unknown' };
}

/** Current at the time asked about, numbered as it must be, and without a critical extension nobody here understands. */
const isUsable = (context: PathContext, list: CertificateList): boolean =>
  isCurrent(context, list) &&
  isNumbered(context, list) &&
  !list.rawExtensions.some(({ oid, isCritical }) => isCritical && !understoodCrlExtensions.has(oid));

const isCurrent = ({ request: { time } }: PathContext, { thisUpdate, nextUpdate }: CertificateList): boolean =>
  thisUpdate <= time && nextUpdate !== undefined && time <= nextUpdate;

/** RFC 5280 section 5.2.3. Simple authorities still make CRLs without any extension: those pass where the profile is not asked for. */
const isNumbered = ({ request: { strict = false } }: PathContext, list: CertificateList): boolean =>
  list.extensions.cRLNumber !== undefined || (list.rawExtensions.length === 0 && !strict);
