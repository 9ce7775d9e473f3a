import { AppError } from '../errors.ts';
import { canServe, type KeyAlgorithm } from '../key/algorithm.ts';
import type { SubjectPurpose } from '../key/usage.ts';
import type { Person } from '../profile/subject.ts';
import { parseMailbox } from '../x509/mailbox.ts';
import type { AttributeName } from '../x509/name.ts';
import { attributeOid } from '../x509/oid.ts';
import { mailboxesOf } from '../x509/path-validation/identity.ts';
import { attributeValues } from '../x509/read-name.ts';
import type { CertificationRequest } from '../x509/read-request.ts';

/** The mailboxes a request or a certificate is for, normalised, none twice; what is no address is left out. */
export const requestedMailboxes = (request: Parameters<typeof mailboxesOf>[0]): readonly string[] => [
  ...new Set(mailboxesOf(request).flatMap(normalizedMailbox)),
];

function normalizedMailbox(text: string): readonly string[] {
  try {
    return [parseMailbox(text).normalized];
  } catch (error) {
    if (error instanceof AppError && error.code === 'input.invalid') return [];
    throw error;
  }
}

/** Whoever the request says it is for, as far as a profile can use it. The practice's own names come from the practice. */
export function requestedPerson(request: CertificationRequest, organizationName: string): Person {
  const first = (name: AttributeName): string | undefined => attributeValues(request.subject, attributeOid[name])[0];
  const [givenName, surname, title] = [first('givenName'), first('surname'), first('title')];
  const commonName = first('commonName') ?? '';
  return {
    name: commonName.includes('@') ? [givenName, surname].filter((part) => part !== undefined).join(' ') : commonName,
    emails: requestedMailboxes(request),
    organizationName,
    ...(givenName === undefined ? {} : { givenName }),
    ...(surname === undefined ? {} : { surname }),
    ...(title === undefined ? {} : { title }),
  };
}

/** What the key shall be for: by the keyUsage that is asked for, everything it can do where none is. */
export function requestedPurpose({ extensions }: CertificationRequest, algorithm: KeyAlgorithm): SubjectPurpose {
  const asked = extensions.keyUsage ?? [];
  const signs = asked.includes('digitalSignature') || asked.includes('nonRepudiation');
  const encrypts = asked.includes('keyEncipherment') || asked.includes('keyAgreement') || asked.includes('dataEncipherment');
  if (!canServe(algorithm, 'encrypt')) return 'sign';
  return signs === encrypts ? 'dual' : signs ? 'sign' : 'encrypt';
}
