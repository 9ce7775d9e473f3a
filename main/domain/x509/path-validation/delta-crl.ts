import { compareOctets } from '../../asn1/der-writer.ts';
import { extensionOid } from '../oid.ts';
import type { CertificateList } from '../read-certificate-list.ts';
import type { PathContext } from './context.ts';

/**
 * The newest delta CRL that brings a complete CRL up to date (RFC 5280 sections 5.2.4 and 6.3.3 c): same issuer, same
 * scope, same key, made on a base not newer than the complete CRL, and itself newer than that one.
 */
export function deltaFor(
  context: PathContext,
  complete: CertificateList,
  isUsable: (list: CertificateList) => boolean,
): CertificateList | undefined {
  let newest: CertificateList | undefined;
  for (const candidate of context.request.crls ?? []) {
    if (!isDeltaOf(context, candidate, complete) || !isUsable(candidate)) continue;
    if (newest === undefined || number(newest.extensions.cRLNumber) < number(candidate.extensions.cRLNumber)) newest = candidate;
  }
  return newest;
}

function isDeltaOf(context: PathContext, delta: CertificateList, complete: CertificateList): boolean {
  const base = delta.extensions.deltaCRLIndicator;
  if (base === undefined || complete.extensions.cRLNumber === undefined || delta.extensions.cRLNumber === undefined) return false;
  const isInOrder =
    number(base) <= number(complete.extensions.cRLNumber) && number(complete.extensions.cRLNumber) < number(delta.extensions.cRLNumber);
  const isSameScope = isSameExtension(delta, complete, extensionOid.issuingDistributionPoint);
  const isSameKey = isSameExtension(delta, complete, extensionOid.authorityKeyIdentifier);
  return isInOrder && isSameScope && isSameKey && context.keyOf(delta.issuer) === context.keyOf(complete.issuer);
}

function isSameExtension(a: CertificateList, b: CertificateList, oid: string): boolean {
  const [first, second] = [a, b].map((list) => list.rawExtensions.find((extension) => extension.oid === oid)?.value);
  return first === undefined || second === undefined ? first === second : compareOctets(first, second) === 0;
}

const number = (hexadecimal: string | undefined): bigint =>
  hexadecimal === undefined || hexadecimal.startsWith('-') ? -1n : BigInt(`0x${hexadecimal}`);
