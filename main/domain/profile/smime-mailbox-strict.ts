import { policyOid } from '../x509/oid.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { mailboxSubject } from './subject-rules.ts';

/** A mail address and nothing else, by the strict rules. */
export const smimeMailboxStrictProfiles = smimeProfiles({
  validation: 'mailbox',
  generation: 'strict',
  policy: policyOid.smimeMailboxStrict,
  subject: mailboxSubject,
  requiresPersonalName: false,
});
