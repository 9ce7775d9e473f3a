import { policyOid } from '../x509/oid.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { organizationSubject } from './subject-rules.ts';

/** A mailbox of the practice itself, such as reception or billing. */
export const smimeOrganizationMultipurposeProfiles = smimeProfiles({
  validation: 'organization',
  generation: 'multipurpose',
  policy: policyOid.smimeOrganizationMultipurpose,
  subject: organizationSubject('optional'),
  requiresPersonalName: false,
});
