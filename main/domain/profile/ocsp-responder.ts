import type { ServiceProfile } from './certificate-profile.ts';

/** Who answers OCSP for an authority: RFC 6960 section 4.2.2.2, S/MIME BR section 4.9.9. */
export const ocspResponder: ServiceProfile = {
  kind: 'service',
  id: 'ocsp-responder',
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['ocspSigning'],
  hasNoCheck: true,
  defaultValidityDays: 90,
  maximumValidityDays: 398,
};
