import { policyOid } from '../x509/oid.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { individualSubject } from './subject-rules.ts';

/** A person, without an organization. */
export const smimeIndividualMultipurposeProfiles = smimeProfiles({
  validation: 'individual',
  generation: 'multipurpose',
  policy: policyOid.smimeIndividualMultipurpose,
  subject: individualSubject,
  requiresPersonalName: true,
});
