import { extensionOid } from '../oid.ts';

/** Extensions of a CRL whose meaning is carried out; any other critical one makes it unusable (RFC 5280 section 5.2). */
export const understoodCrlExtensions: ReadonlySet<string> = new Set<string>([
  extensionOid.authorityKeyIdentifier,
  extensionOid.cRLNumber,
  extensionOid.deltaCRLIndicator,
  extensionOid.issuingDistributionPoint,
  extensionOid.issuerAltName,
]);
