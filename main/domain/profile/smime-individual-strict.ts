import { policyOid } from '../x509/oid.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { individualSubject } from './subject-rules.ts';

/** A person, without an organization, by the strict rules. */
export const smimeIndividualStrictProfiles = smimeProfiles({
  validation: 'individual',
  generation: 'strict',
  policy: policyOid.smimeIndividualStrict,
  subject: individualSubject,
  requiresPersonalName: true,
});
