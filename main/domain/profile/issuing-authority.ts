import { policyOid } from '../x509/oid.ts';
import type { AuthorityProfile } from './certificate-profile.ts';

/** The authority that issues to people and to no further authority: S/MIME BR section 7.1.2.2, for mail alone. */
export const issuingAuthority: AuthorityProfile = {
  kind: 'authority',
  id: 'issuing-authority',
  pathLenConstraint: 0,
  keyUsage: ['keyCertSign', 'cRLSign'],
  extendedKeyUsage: ['emailProtection'],
  policies: [policyOid.anyPolicy],
  defaultValidityDays: 3652,
  maximumValidityDays: 5479,
};
