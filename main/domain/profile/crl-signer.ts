import type { ServiceProfile } from './certificate-profile.ts';

/**
 * Who signs lists under an authority's own name with a key of its own: RFC 5280 section 6.3.3 f. OpenSSL believes it with
 * `-extended_crl` alone; NSS takes such a list in and does not apply it.
 */
export const crlSigner: ServiceProfile = {
  kind: 'service',
  id: 'crl-signer',
  keyUsage: ['cRLSign'],
  extendedKeyUsage: [],
  hasNoCheck: false,
  defaultValidityDays: 365,
  maximumValidityDays: 825,
};
