import { policyOid } from '../x509/oid.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { sponsorSubject } from './subject-rules.ts';

/** A person of the practice, vouched for by it. */
export const smimeSponsorMultipurposeProfiles = smimeProfiles({
  validation: 'sponsor',
  generation: 'multipurpose',
  policy: policyOid.smimeSponsorMultipurpose,
  subject: sponsorSubject('optional'),
  requiresPersonalName: true,
});
