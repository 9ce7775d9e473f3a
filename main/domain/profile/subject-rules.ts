import type { SubjectRule } from './certificate-profile.ts';

/** S/MIME BR section 7.1.4.2.3. */
export const mailboxSubject: readonly SubjectRule[] = [
  { attribute: 'commonName', source: 'address', presence: 'optional' },
  { attribute: 'emailAddress', source: 'ascii-address', presence: 'optional' },
];

const organizationName: SubjectRule = { attribute: 'organizationName', source: 'organization-name', presence: 'required' };

/**
 * S/MIME BR asks for the identifier in both generations. A private practice may have none: multipurpose issues without it and the lint
 * says so, strict does not issue.
 */
const organizationIdentifier = (presence: SubjectRule['presence']): SubjectRule => ({
  attribute: 'organizationIdentifier',
  source: 'organization-identifier',
  presence,
});

/** S/MIME BR section 7.1.4.2.4. */
export const organizationSubject = (identifier: SubjectRule['presence']): readonly SubjectRule[] => [
  organizationName,
  organizationIdentifier(identifier),
  { attribute: 'commonName', source: 'organization-name', presence: 'required' },
  { attribute: 'emailAddress', source: 'ascii-address', presence: 'optional' },
];

/** The practice whose domain it is; the domain itself stands in subjectAltName. */
export const directDomainSubject: readonly SubjectRule[] = [
  organizationName,
  { attribute: 'commonName', source: 'organization-name', presence: 'required' },
];

/** S/MIME BR section 7.1.4.2.6: the person, without any organization. */
export const individualSubject: readonly SubjectRule[] = [
  { attribute: 'title', source: 'title', presence: 'optional' },
  { attribute: 'surname', source: 'surname', presence: 'optional' },
  { attribute: 'givenName', source: 'given-name', presence: 'optional' },
  { attribute: 'pseudonym', source: 'pseudonym', presence: 'optional' },
  { attribute: 'commonName', source: 'personal-name', presence: 'required' },
  { attribute: 'emailAddress', source: 'ascii-address', presence: 'optional' },
];

/**
 * S/MIME BR section 7.1.4.2.5: the person, named by the organization. No department: organizationalUnitName may only name an affiliate
 * (section 7.1.4.2.2 c).
 */
export const sponsorSubject = (identifier: SubjectRule['presence']): readonly SubjectRule[] => [
  organizationName,
  organizationIdentifier(identifier),
  ...individualSubject,
];
