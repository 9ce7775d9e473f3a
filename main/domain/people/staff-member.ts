import { AppError } from '../errors.ts';
import { languageNamed } from '../locale/languages.ts';
import { parseMailbox, type Mailbox } from '../x509/mailbox.ts';
import { keyOfMailbox } from './mailbox-key.ts';
import type { StaffColumn } from './staff-column.ts';
import type { StaffList, StaffMember, StaffRow } from './staff-list.ts';

/** One address of a row, as written, and what it was read as: a mailbox, or the reason why it is none. */
export interface RowAddress {
  readonly column: StaffColumn;
  readonly text: string;
  readonly mailbox: Mailbox | undefined;
  readonly reason: string;
}

/** The addresses of a row in order: the main one first, none twice. */
export function rowAddresses({ fields }: StaffRow): RowAddress[] {
  const written = [
    ...splitAddresses(fields.email ?? '').map((text) => readAddress('email', text)),
    ...splitAddresses(fields.other_emails ?? '').map((text) => readAddress('other_emails', text)),
  ];
  return written.filter((address, at) => written.findIndex((other) => comparableAddress(other) === comparableAddress(address)) === at);
}

/** How addresses are compared; what is no address is compared as text. */
export function comparableAddress({ mailbox, text }: RowAddress): string {
  return mailbox === undefined ? text.toLowerCase() : keyOfMailbox(mailbox);
}

/** A longer cell is not taken apart. */
const longestCell = 1000;

/** Several addresses in one cell; with a single @ it is one address, whatever else is wrong with it. */
function splitAddresses(cell: string): string[] {
  if (cell === '') return [];
  return cell.length <= longestCell && cell.split('@').length > 2 ? cell.split(/[;,|\s]+/u).filter((part) => part !== '') : [cell];
}

function readAddress(column: StaffColumn, text: string): RowAddress {
  try {
    return { column, text, mailbox: parseMailbox(text), reason: '' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { column, text, mailbox: undefined, reason: String(error.details['reason'] ?? 'bad-local-part') };
  }
}

/** Every good address of a list once, as `mailboxKey` gives it: to look the people up for `KnownStaff`. */
export function addressesIn(list: StaffList): string[] {
  return [...new Set(list.rows.flatMap(rowAddresses).flatMap(({ mailbox }) => (mailbox === undefined ? [] : keyOfMailbox(mailbox))))];
}

/** The person a row describes, addresses as written. */
export function staffMember({ fields }: StaffRow, addresses: readonly RowAddress[]): StaffMember {
  const { given_name: givenName, surname, department, role, staff_number: staffNumber } = fields;
  const language = languageNamed(fields.language ?? '');
  const main = addresses.find(({ column }) => column === 'email');
  return {
    name: fields.name ?? joinName(givenName, surname),
    ...(givenName === undefined ? {} : { givenName }),
    ...(surname === undefined ? {} : { surname }),
    email: main?.text ?? '',
    otherEmails: addresses.filter((address) => address !== main).map(({ text }) => text),
    ...(department === undefined ? {} : { department }),
    ...(role === undefined ? {} : { role }),
    ...(staffNumber === undefined ? {} : { staffNumber }),
    ...(language === undefined ? {} : { language }),
  };
}

/** A name from its parts, family name first where the script is one in which that is the rule. */
function joinName(givenName = '', surname = ''): string {
  const parts = givenName + surname;
  if (/\p{Script=Hangul}/u.test(parts)) return surname + givenName;
  const ordered = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(parts) ? [surname, givenName] : [givenName, surname];
  return ordered.filter((part) => part !== '').join(' ');
}
