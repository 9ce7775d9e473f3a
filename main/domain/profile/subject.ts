import { AppError } from '../errors.ts';
import type { Mailbox } from '../x509/mailbox.ts';
import type { AttributeName, DistinguishedName, SubjectAttribute } from '../x509/name.ts';
import { upperBoundOf } from '../x509/name.ts';
import type { SubjectRule, SubscriberProfile } from './certificate-profile.ts';

/** Who a certificate is for. Text in any normalisation; what a profile does not ask for is not written. */
export interface Person {
  readonly name: string;
  readonly givenName?: string;
  readonly surname?: string;
  /** Stands for the person's name everywhere (S/MIME BR section 7.1.4.2.2 f). */
  readonly pseudonym?: string;
  /** Mail addresses as `parseMailbox` takes them, the first one the person's own. */
  readonly emails: readonly string[];
  readonly organizationName?: string;
  /** As `NTRUS+CA-12345678` (S/MIME BR section 7.1.4.2.2 d). */
  readonly organizationIdentifier?: string;
  readonly department?: string;
  readonly title?: string;
}

/**
 * The subject a profile gives a person: one attribute to a part, in the profile's order.
 * @throws AppError input.attribute-missing with details {field} when the profile requires what the person does not have
 */
export function subjectOf(profile: SubscriberProfile, person: Person, mailbox: Mailbox): DistinguishedName {
  if (profile.requiresPersonalName && !hasPersonalName(person)) throw missing('givenName', profile);
  const name: SubjectAttribute[][] = [];
  for (const rule of profile.subject) {
    const value = valueOf(rule, person, mailbox);
    if (value !== undefined) name.push([{ type: rule.attribute, value }]);
    else if (rule.presence === 'required') throw missing(rule.attribute, profile);
  }
  return name;
}

const hasPersonalName = ({ givenName, surname, pseudonym }: Person): boolean =>
  [givenName, surname, pseudonym].some((part) => filled(part) !== undefined);

/** A value the person has; empty text is no value. An address that does not fit its attribute is left to the subjectAltName. */
function valueOf(rule: SubjectRule, person: Person, mailbox: Mailbox): string | undefined {
  switch (rule.source) {
    case 'address':
      return fitting(rule.attribute, mailbox.normalized);
    case 'ascii-address':
      return mailbox.isInternational ? undefined : fitting(rule.attribute, mailbox.normalized);
    case 'personal-name':
      return filled(person.pseudonym) ?? filled(person.name);
    case 'given-name':
      return filled(person.pseudonym) === undefined ? filled(person.givenName) : undefined;
    case 'surname':
      return filled(person.pseudonym) === undefined ? filled(person.surname) : undefined;
    case 'pseudonym':
      return filled(person.pseudonym);
    case 'title':
      return filled(person.title);
    case 'department':
      return filled(person.department);
    case 'organization-name':
      return filled(person.organizationName);
    case 'organization-identifier':
      return filled(person.organizationIdentifier);
    case 'text':
      return filled(rule.text);
  }
}

const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

const fitting = (attribute: AttributeName, text: string): string | undefined => (text.length <= upperBoundOf(attribute) ? text : undefined);

function missing(field: AttributeName, profile: SubscriberProfile): AppError {
  return new AppError('input.attribute-missing', `The profile ${profile.id} needs a ${field}.`, {
    field,
    reason: 'missing',
    profile: profile.id,
  });
}
