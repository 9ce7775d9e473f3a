import type { PersonSummary } from '../../../main/contract/people.ts';
import { t, type MessageKey } from '../../i18n/translate.ts';
import type { Instant } from '../../i18n/dates.ts';
import { standingOf } from './standing-of.ts';

const headers: readonly MessageKey[] = [
  'people-file.name',
  'people-file.addresses',
  'people-file.department',
  'people-file.role',
  'people-file.staff-number',
  'people-file.standing',
  'people-file.ends',
];

/** Without this mark Excel takes UTF-8 for Windows-1252. */
const byteOrderMark = '\uFEFF';

/** The people of a list as a CSV file (RFC 4180), UTF-8 with its mark. */
export function peopleCsv(people: readonly PersonSummary[], now: Instant): Uint8Array<ArrayBuffer> {
  const rows = people.map((person) => {
    const { words, values } = standingOf(person, now);
    const { name, mailboxes, department, role, staffNumber, endsAt } = person;
    return [name, mailboxes.join('; '), department, role, staffNumber, t(words, values), endsAt?.slice(0, 10) ?? null];
  });
  const lines = [headers.map((header) => t(header)), ...rows].map((cells) => cells.map(cellOf).join(','));
  return new TextEncoder().encode(`${byteOrderMark}${lines.join('\r\n')}\r\n`);
}

/** Quoted where needed; what a spreadsheet would take for a formula is kept as the text it is. */
function cellOf(value: string | null): string {
  const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value ?? ''}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
