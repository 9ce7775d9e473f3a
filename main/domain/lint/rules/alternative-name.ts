import { isAscii } from '../../asn1/der-writer.ts';
import type { GeneralName } from '../../x509/general-name.ts';
import { extensionOid } from '../../x509/oid.ts';
import { isCritical } from '../../x509/read-certificate.ts';
import type { LintRule, LintSubject, Verdict } from '../rule.ts';
import { when } from '../rule.ts';

/** Rules about the mail addresses a certificate is for. */
export const alternativeNameRules: readonly LintRule[] = [
  { name: 'subject-alternative-name', source: 'S/MIME BR 7.1.2.3 h, 7.1.4.2.1', kinds: ['subscriber'], check: checkNames },
  { name: 'mailbox-form', source: 'RFC 9598 3, RFC 5280 4.2.1.6', kinds: ['subscriber'], check: checkMailboxes },
  { name: 'subject-mailbox', source: 'S/MIME BR 7.1.4.2.1', kinds: ['subscriber'], check: checkSubjectMailboxes },
];

const isMailbox = (name: GeneralName): boolean => name.form === 'rfc822Name' || name.form === 'smtpUtf8Mailbox';

function checkNames({ certificate, generation }: LintSubject): Verdict[] {
  const names = certificate.extensions.subjectAltName;
  if (names === undefined) return [['error', 'subjectAltName is missing.']];
  const others = names.filter((name) => !isMailbox(name) && !isTolerated(name, generation === 'strict'));
  const isMarked = isCritical(certificate, extensionOid.subjectAltName);
  const isEmpty = certificate.subject.rdnSequence.length === 0;
  return [
    ...when(!names.some(isMailbox), 'error', 'subjectAltName names no mail address.'),
    ...when(
      others.length > 0,
      'error',
      `subjectAltName holds names that do not belong there: ${others.map(({ form }) => form).join(', ')}.`,
    ),
    ...when(isMarked && !isEmpty, 'warning', 'subjectAltName is marked critical although there is a subject.'),
    ...when(!isMarked && isEmpty, 'error', 'subjectAltName is not marked critical although the subject is empty.'),
  ];
}

/** directoryName always; other names, such as a Windows user principal name, unless the rules are strict. */
const isTolerated = ({ form }: GeneralName, isStrict: boolean): boolean =>
  form === 'directoryName' || (!isStrict && (form === 'otherName' || form === 'userPrincipalName'));

function checkMailboxes({ certificate, mailboxes }: LintSubject): Verdict[] {
  const names = (certificate.extensions.subjectAltName ?? []).filter(isMailbox);
  const wide = names.filter((name) => name.form === 'smtpUtf8Mailbox' && isAscii(name.value.slice(0, name.value.lastIndexOf('@'))));
  const unicode = names.filter((name) => name.form === 'smtpUtf8Mailbox' && !isAscii(name.value.slice(name.value.lastIndexOf('@') + 1)));
  return [
    ...when(mailboxes.length < names.length, 'error', 'subjectAltName holds an address that is none.'),
    ...when(wide.length > 0, 'error', 'An address with a plain local part belongs in rfc822Name, not in SmtpUTF8Mailbox.'),
    ...when(unicode.length > 0, 'error', 'The domain of an SmtpUTF8Mailbox must be written in A-labels (xn--).'),
  ];
}

function checkSubjectMailboxes({ attributes, mailboxes }: LintSubject): Verdict[] {
  const known = new Set(mailboxes.map(({ normalized }) => normalized.toLowerCase()));
  const stated = attributes.filter(({ type, value }) => type === 'emailAddress' || (type === 'commonName' && value.includes('@')));
  const missing = stated.filter(({ value }) => !known.has(value.toLowerCase()));
  return when(
    missing.length > 0,
    'error',
    `An address in the subject (${missing.map(({ type }) => type).join(', ')}) is not in subjectAltName.`,
  );
}
