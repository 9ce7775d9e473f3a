import type { ValidationType } from '../../profile/certificate-profile.ts';
import type { AttributeName } from '../../x509/name.ts';
import { upperBoundOf } from '../../x509/name.ts';
import { attributeOid } from '../../x509/oid.ts';
import type { LintRule, LintSubject, Verdict } from '../rule.ts';
import { everyKind, when } from '../rule.ts';

const ofMailbox: readonly AttributeName[] = ['commonName', 'serialNumber', 'emailAddress'];
const ofPlace: readonly AttributeName[] = ['localityName', 'stateOrProvinceName', 'countryName'];
const ofStreet: readonly AttributeName[] = ['streetAddress', 'postalCode'];
const ofOrganization: readonly AttributeName[] = ['organizationName', 'organizationalUnitName', 'organizationIdentifier'];
const ofPerson: readonly AttributeName[] = ['givenName', 'surname', 'pseudonym', 'title'];

/** Attributes a subject may have (S/MIME BR sections 7.1.4.2.3 to 7.1.4.2.6); streets are left out where the rules are strict. */
const allowedAttributes: Readonly<Record<ValidationType, readonly AttributeName[]>> = {
  mailbox: ofMailbox,
  organization: [...ofMailbox, ...ofOrganization, ...ofPlace, ...ofStreet],
  sponsor: [...ofMailbox, ...ofOrganization, ...ofPerson, ...ofPlace, ...ofStreet],
  individual: [...ofMailbox, ...ofPerson, ...ofPlace, ...ofStreet],
};

/** Registration scheme, country, perhaps a subdivision, and the registration's own number (S/MIME BR section 7.1.4.2.2 d). */
const registration = /^(?:GOV|INT)[A-Z]{2}(?:\+[A-Z0-9]{1,3})?(?:-.+)?$|^[A-Z]{3}[A-Z]{2}(?:\+[A-Z0-9]{1,3})?-.+$/;

/** Rules about the subject's name. */
export const subjectRules: readonly LintRule[] = [
  { name: 'subject-attributes', source: 'S/MIME BR 7.1.4.2.3 to 7.1.4.2.6', kinds: ['subscriber'], check: checkAttributes },
  {
    name: 'organization-identifier',
    source: 'S/MIME BR 7.1.4.2.2 d, 7.1.4.2.4, 7.1.4.2.5',
    kinds: ['subscriber'],
    check: checkRegistration,
  },
  { name: 'personal-name', source: 'S/MIME BR 7.1.4.2.2 a, e, f', kinds: ['subscriber'], check: checkPersonalName },
  { name: 'organizational-unit', source: 'S/MIME BR 7.1.4.2.2 c', kinds: ['subscriber'], check: checkUnit },
  { name: 'attribute-value', source: 'RFC 5280 A.1, S/MIME BR 7.1.4.2', kinds: everyKind, check: checkValues },
  { name: 'authority-name', source: 'S/MIME BR 7.1.4.3.1', kinds: ['root', 'issuing'], check: checkAuthorityName },
];

const has = ({ attributes }: LintSubject, name: AttributeName): boolean => attributes.some(({ type }) => type === name);

function checkAttributes(subject: LintSubject): Verdict[] {
  const { validation, generation, attributes } = subject;
  if (validation === undefined) return [];
  const allowed: readonly string[] = allowedAttributes[validation].filter((name) => generation !== 'strict' || !ofStreet.includes(name));
  const wrong = attributes.map(({ type }) => type).filter((type) => !allowed.includes(type));
  const isNamed = validation === 'mailbox' || validation === 'individual' || has(subject, 'organizationName');
  return [
    ...when(wrong.length > 0, 'error', `The subject holds attributes its policy does not allow: ${wrong.join(', ')}.`),
    ...when(!isNamed, 'error', 'The subject lacks the organizationName its policy demands.'),
  ];
}

function checkRegistration(subject: LintSubject): Verdict[] {
  const { validation, generation, attributes } = subject;
  if (validation !== 'organization' && validation !== 'sponsor') return [];
  const values = attributes.filter(({ type }) => type === 'organizationIdentifier').map(({ value }) => value);
  return [
    ...when(
      values.length === 0,
      generation === 'strict' ? 'error' : 'warning',
      'The subject lacks the organizationIdentifier of the organization.',
    ),
    ...when(
      values.some((value) => !registration.test(value)),
      'warning',
      'organizationIdentifier is not of the form NTRUS+CA-12345678.',
    ),
  ];
}

function checkPersonalName(subject: LintSubject): Verdict[] {
  const { validation, generation } = subject;
  if (validation !== 'sponsor' && validation !== 'individual') return [];
  const isNamed = has(subject, 'givenName') || has(subject, 'surname');
  const isPseudonymous = has(subject, 'pseudonym');
  const isDemanded = generation !== 'legacy';
  return [
    ...when(isDemanded && !isNamed && !isPseudonymous, 'error', 'The subject has no givenName, surname or pseudonym.'),
    ...when(isNamed && isPseudonymous, 'error', 'The subject has a pseudonym beside a real name.'),
  ];
}

function checkUnit(subject: LintSubject): Verdict[] {
  const mayName = subject.validation === 'organization' || subject.validation === 'sponsor';
  const text = 'organizationalUnitName may only be the legal name of an affiliate, not a department.';
  return when(mayName && has(subject, 'organizationalUnitName'), 'notice', text);
}

function checkValues({ attributes }: LintSubject): Verdict[] {
  const long = attributes.filter(({ type, value }) => isAttributeName(type) && Array.from(value).length > upperBoundOf(type));
  const empty = attributes.filter(({ value }) => /^[.\- ]*$/.test(value));
  return [
    ...when(long.length > 0, 'error', `The subject holds values longer than allowed: ${long.map(({ type }) => type).join(', ')}.`),
    ...when(empty.length > 0, 'error', `The subject holds values that say nothing: ${empty.map(({ type }) => type).join(', ')}.`),
  ];
}

const isAttributeName = (type: string): type is AttributeName => Object.hasOwn(attributeOid, type);

function checkAuthorityName(subject: LintSubject): Verdict[] {
  return [
    ...when(!has(subject, 'commonName'), 'error', 'The authority has no commonName.'),
    ...when(!has(subject, 'organizationName'), 'warning', 'The authority has no organizationName.'),
    ...when(!has(subject, 'countryName'), 'notice', 'The authority has no countryName; a public one must.'),
  ];
}
