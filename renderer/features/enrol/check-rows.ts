import locale from '../../../resources/locales/en/staff-list.json';
import { wordFinding } from '../../../main/domain/locale/word-finding.ts';
import type { Finding } from '../../../main/domain/people/finding.ts';
import {
  staffVerdicts,
  type CheckedStaffRow,
  type StaffListCheck,
  type StaffMember,
  type StaffRepair,
  type StaffVerdict,
} from '../../../main/domain/people/staff-list.ts';
import { languageNames } from '../../../main/domain/locale/languages.ts';
import type { StaffColumn } from '../../../main/domain/people/staff-column.ts';
import { formatMonth } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import type { State } from '../../ui/status.ts';

export type RowFilter = StaffVerdict | 'all';

/** The rows as they are shown: those that need somebody on top, then in the order of the file. */
export function shownRows({ rows }: StaffListCheck, filter: RowFilter): readonly CheckedStaffRow[] {
  return rows
    .filter(({ verdict }) => filter === 'all' || verdict === filter)
    .toSorted((a, b) => staffVerdicts.indexOf(a.verdict) - staffVerdicts.indexOf(b.verdict) || a.row - b.row);
}

/** How many people something would be issued for. */
export const peopleToIssue = ({ counts }: StaffListCheck): number => counts.ready + counts.look;

/** What was found, the gravest first. */
const findingsInOrder = ({ findings }: CheckedStaffRow): readonly Finding[] =>
  findings.toSorted((a, b) => staffVerdicts.indexOf(a.verdict) - staffVerdicts.indexOf(b.verdict));

/** What was found, in words; a date as the reader writes it. */
export const findingWords = (finding: Finding): string => {
  const { until } = finding.params;
  return finding.code === 'already-enrolled' && typeof until === 'string'
    ? t('check.already', { month: formatMonth(until) })
    : wordFinding(finding, locale);
};

/** What was found in a row, in one sentence; more than one thing is counted. */
export function rowWords(row: CheckedStaffRow): string {
  const [first, ...more] = findingsInOrder(row);
  if (first === undefined) return locale.ready;
  return more.length === 0 ? findingWords(first) : t('check.more-findings', { words: findingWords(first), count: more.length });
}

export const stateOfVerdict: Readonly<Record<StaffVerdict, State>> = { fix: 'stopped', look: 'soon', skipped: 'kept', ready: 'fine' };

/** The repair that settles what is gravest, if one is obvious. */
export function obviousRepair(row: CheckedStaffRow): StaffRepair | undefined {
  const [first] = findingsInOrder(row);
  return first?.repair === undefined || first.verdict === 'skipped'
    ? undefined
    : { row: row.row, column: first.column, value: first.repair };
}

/** Whether something in a column is marked, and how gravely. */
export const markOf = ({ findings }: CheckedStaffRow, ...columns: readonly StaffColumn[]): 'fix' | 'look' | undefined => {
  const verdicts = findings.filter(({ column }) => columns.includes(column)).map(({ verdict }) => verdict);
  return verdicts.includes('fix') ? 'fix' : verdicts.includes('look') ? 'look' : undefined;
};

/** A cell of a row as text, by the name of its column. */
export function cellText(person: StaffMember, column: StaffColumn): string {
  const cells: Readonly<Record<StaffColumn, string | undefined>> = {
    name: person.name,
    given_name: person.givenName,
    surname: person.surname,
    email: person.email,
    other_emails: person.otherEmails.join('; '),
    department: person.department,
    role: person.role,
    staff_number: person.staffNumber,
    language: person.language === undefined ? undefined : languageNames[person.language],
  };
  return cells[column] ?? '';
}

/** The columns that can be put right in the window, in their order. */
export const editedColumns: readonly StaffColumn[] = ['name', 'email', 'other_emails', 'department', 'role', 'staff_number', 'language'];

/** The repairs that make a row what was typed; a cell that was not touched stays out, one that was confirmed stays in. */
export function repairsFrom(row: CheckedStaffRow, typed: Readonly<Partial<Record<StaffColumn, string>>>): readonly StaffRepair[] {
  return editedColumns.flatMap((column) => {
    const value = typed[column];
    const wasFound = markOf(row, column) !== undefined;
    return value === undefined || (value === cellText(row.person, column) && !wasFound) ? [] : [{ row: row.row, column, value }];
  });
}
