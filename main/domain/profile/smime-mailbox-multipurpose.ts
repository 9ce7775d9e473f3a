import { policyOid } from '../x509/oid.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { mailboxSubject } from './subject-rules.ts';

/** A mail address and nothing else; the default. */
export const smimeMailboxMultipurposeProfiles = smimeProfiles({
  validation: 'mailbox',
  generation: 'multipurpose',
  policy: policyOid.smimeMailboxMultipurpose,
  subject: mailboxSubject,
  requiresPersonalName: false,
});
