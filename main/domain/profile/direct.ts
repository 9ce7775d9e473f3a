import { policyOid } from '../x509/oid.ts';
import type { SubscriberProfile } from './certificate-profile.ts';
import { smimeProfiles } from './smime-profiles.ts';
import { directDomainSubject, mailboxSubject } from './subject-rules.ts';

/** The profiles of Direct (Applicability Statement for Secure Health Transport 1.2) under names of their own. */
const named = (family: string, profiles: readonly SubscriberProfile[], binding: NonNullable<SubscriberProfile['binding']>) =>
  profiles.map((profile): SubscriberProfile => ({ ...profile, id: `${family}-${profile.usage}`, binding }));

/** Bound to one Direct address, and a mailbox-validated certificate as every other. */
export const directAddressProfiles = named(
  'direct-address',
  smimeProfiles({
    validation: 'mailbox',
    generation: 'multipurpose',
    policy: policyOid.smimeMailboxMultipurpose,
    subject: mailboxSubject,
    requiresPersonalName: false,
  }),
  'first-mailbox',
);

/** Bound to a health domain: for all addresses in it. */
export const directOrganizationProfiles = named(
  'direct-organization',
  smimeProfiles({
    validation: 'organization',
    generation: 'multipurpose',
    policy: null,
    subject: directDomainSubject,
    requiresPersonalName: false,
  }),
  'domain',
);
