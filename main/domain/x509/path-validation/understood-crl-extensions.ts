import { extensionOid } from '../oid.ts';

/**
 * Extensions of a CRL whose meaning is carried out; any other critical one makes it unusable (RFC 5280 section 5.2). So do
 * authorityKeyIdentifier and cRLNumber where they are critical, because they must not be.
 */
export const understoodCrlExtensions: ReadonlySet<string> = new Set<string>([
  extensionOid.deltaCRLIndicator,
  extensionOid.issuingDistributionPoint,
  extensionOid.issuerAltName,
]);
