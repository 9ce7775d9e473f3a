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
  | { readonly state: 'good' | 'unknown' }
  | { readonly state: 'revoked'; readonly entry: Pick<RevokedCertificate, 'revocationDate' | 'reasonCode'> };

/** The revocation of one certificate by the CRLs given (RFC 5280 section 6.3). */
export function statusByLists(context: PathContext, certificate: Certificate, isTrusted: CrlTrust): RevocationStatus {
  const open = new Set<ReasonFlag>(allReasons);
  const points = [...(certificate.extensions.cRLDistributionPoints ?? []), impliedPoint(certificate)];
  for (const point of points) {
    for (const list of context.request.crls ?? []) {
      if (list.extensions.deltaCRLIndicator !== undefined) continue;
      const covered = coveredReasons(certificate, point, list);
      if (covered.length === 0 || !isTrusted(list, point)) continue;
      const status = statusBy(context, certificate, list, (delta) => isTrusted(delta, point));
      if (status.state === 'revoked') return status;
      if (status.state === 'good') for (const reason of covered) open.delete(reason);
    }
  }
  return { state: open.size === 0 ? 'good' : 'unknown' };
}

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

/** Current at the time asked about, without a critical extension nobody here understands, and numbered where that is asked for. */
function isUsable(context: PathContext, list: CertificateList): boolean {
  const { time, strict = false } = context.request;
  if (strict && list.extensions.cRLNumber === undefined) return false;
  const isCurrent = list.thisUpdate <= time && list.nextUpdate !== undefined && time <= list.nextUpdate;
  return isCurrent && !list.rawExtensions.some(({ oid, isCritical }) => isCritical && !understoodCrlExtensions.has(oid));
}
