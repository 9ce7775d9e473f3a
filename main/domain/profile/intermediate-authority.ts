import { policyOid } from '../x509/oid.ts';
import type { AuthorityProfile } from './certificate-profile.ts';

/** An authority between the root and those that issue to people: S/MIME BR section 7.1.2.2, for mail alone. */
export const intermediateAuthority: AuthorityProfile = {
  kind: 'authority',
  id: 'intermediate-authority',
  pathLenConstraint: 'open',
  keyUsage: ['keyCertSign', 'cRLSign'],
  extendedKeyUsage: ['emailProtection'],
  policies: [policyOid.anyPolicy],
  defaultValidityDays: 5479,
  maximumValidityDays: 7305,
};
