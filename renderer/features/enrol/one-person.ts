import locale from '../../../resources/locales/en/staff-list.json';
import { wordFinding } from '../../../main/domain/locale/word-finding.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { usualLanguage, type Language } from '../../../main/domain/locale/languages.ts';
import { finding } from '../../../main/domain/people/finding.ts';
import { repairAddress } from '../../../main/domain/people/address-repair.ts';
import { parseMailbox } from '../../../main/domain/x509/mailbox.ts';
import type { InputFor } from '../../api.ts';

/** One person as typed. */
export interface TypedPerson {
  readonly name: string;
  readonly email: string;
  readonly others: string;
  readonly department: string;
  readonly role: string;
  readonly staffNumber: string;
  /** Of the pages they are handed. */
  readonly language: Language;
}

export const nobodyTyped: TypedPerson = {
  name: '',
  email: '',
  others: '',
  department: '',
  role: '',
  staffNumber: '',
  language: usualLanguage,
};

/** Further addresses, separated as people do. */
export const splitAddresses = (text: string): readonly string[] => text.split(/[\s,;]+/u).filter((part) => part !== '');

/** What is wrong with an address, in words; undefined for a good one. */
export function addressFault(address: string): string | undefined {
  try {
    parseMailbox(address.trim());
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = String(error.details['reason'] ?? 'bad-local-part');
    const repair = repairAddress(address.trim(), []);
    return wordFinding(finding('fix', 'address-malformed', 'email', address, { params: { reason }, repair }), locale);
  }
}

/** "Dr. Adaeze Okafor <a.okafor@ridgeway.example>", as mail programs copy it. */
const nameWithAddress = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+@[^<>\s]+)>\s*$/u;

/** Takes a pasted name with its address apart; other text stays as it is. */
export function takeApart(typed: TypedPerson, name: string): TypedPerson {
  const [, bare, email] = nameWithAddress.exec(name) ?? [];
  return bare === undefined || email === undefined ? { ...typed, name } : { ...typed, name: bare, email };
}

/** Whether everything that must be there is there and right. */
export const isComplete = (typed: TypedPerson): boolean =>
  typed.name.trim() !== '' && addressesOf(typed).every((address) => addressFault(address) === undefined);

const addressesOf = ({ email, others }: TypedPerson): string[] => [email.trim(), ...splitAddresses(others)];

/** The person as the core takes them in; what was left empty is left out. */
export function personInput(typed: TypedPerson): InputFor<'people.add'> {
  const given = (key: 'department' | 'role' | 'staffNumber') => (typed[key].trim() === '' ? {} : { [key]: typed[key].trim() });
  const work = { ...given('department'), ...given('role'), ...given('staffNumber') };
  const spoken = typed.language === usualLanguage ? {} : { language: typed.language };
  return { name: typed.name.trim(), emails: addressesOf(typed), ...work, ...spoken };
}
