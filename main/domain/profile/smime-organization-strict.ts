import { policyOid } from '../x509/oid.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { organizationSubject } from './subject-rules.ts';

/** A mailbox of the practice itself, by the strict rules: with its registration. */
export const smimeOrganizationStrictProfiles = smimeProfiles({
  validation: 'organization',
  generation: 'strict',
  policy: policyOid.smimeOrganizationStrict,
  subject: organizationSubject('required'),
  requiresPersonalName: false,
});
