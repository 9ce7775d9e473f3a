import { policyOid } from '../x509/oid.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { sponsorSubject } from './subject-rules.ts';

/** A person of the practice, by the strict rules: with the practice's registration. */
export const smimeSponsorStrictProfiles = smimeProfiles({
  validation: 'sponsor',
  generation: 'strict',
  policy: policyOid.smimeSponsorStrict,
  subject: sponsorSubject('required'),
  requiresPersonalName: true,
});
