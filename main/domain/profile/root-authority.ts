import type { AuthorityProfile } from './certificate-profile.ts';

/** The trust anchor: S/MIME BR section 7.1.2.1, no policies, no extended key usage, no path length. */
export const rootAuthority: AuthorityProfile = {
  kind: 'authority',
  id: 'root-authority',
  keyUsage: ['keyCertSign', 'cRLSign'],
  extendedKeyUsage: [],
  policies: [],
  defaultValidityDays: 7305,
  maximumValidityDays: 9132,
};
