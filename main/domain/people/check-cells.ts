import { finding, type Finding } from './finding.ts';
import type { ListedPerson, ListSurvey } from './list-survey.ts';
import { languageNamed, languageNames } from '../locale/languages.ts';
import { staffColumns, type StaffColumn } from './staff-column.ts';

/** In UTF-16 code units. */
const longest: Readonly<Record<StaffColumn, number>> = {
  name: 200,
  given_name: 100,
  surname: 100,
  email: 1000,
  other_emails: 1000,
  department: 100,
  role: 100,
  staff_number: 64,
  language: 64,
};

/** Control characters, marks of direction and other things nobody sees. The joiners of Persian and Indic names are none. */
const invisible = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Whether a cell cannot be judged by what it says: part of it is not seen, or there is far too much of it. */
export function isUnreadable(column: StaffColumn, cell: string): boolean {
  return cell.length > longest[column] || cell.search(invisible) >= 0;
}

/** What is wrong with the cells of a row, whatever they say. */
export function checkCells(person: ListedPerson, survey: ListSurvey): Finding[] {
  const { row, member } = person;
  const cells = staffColumns.flatMap((column) => checkCell(column, row.fields[column] ?? ''));
  const surplus = row.hasSurplusCells ? [finding('look', 'cells-surplus', 'name', member.name)] : [];
  return [...checkName(person), ...cells, ...surplus, ...checkStaffNumber(person, survey), ...checkLanguage(person)];
}

function checkCell(column: StaffColumn, cell: string): Finding[] {
  const findings: Finding[] = [];
  if (cell.length > longest[column]) findings.push(finding('fix', 'too-long', column, cell, { params: { limit: longest[column] } }));
  if (cell.search(invisible) >= 0)
    findings.push(finding('fix', 'characters-invisible', column, cell, { repair: cell.replace(invisible, '').trim() }));
  if (cell.includes('\ufffd')) findings.push(finding('fix', 'characters-lost', column, cell));
  return findings;
}

/** A mail program may have put the name before the address. */
function checkName({ row, member }: ListedPerson): Finding[] {
  if (member.name !== '') return [];
  if (isUnreadable('email', row.fields.email ?? '')) return [finding('fix', 'name-missing', 'name', '')];
  const display = /^["'\s]*([^"<>@]*[^"'<>@\s])["'\s]*</u.exec(row.fields.email ?? '')?.[1];
  return [finding('fix', 'name-missing', 'name', '', { repair: display })];
}

/** The pages handed to somebody are in English where theirs is not among the languages. */
function checkLanguage({ row }: ListedPerson): Finding[] {
  const written = row.fields.language ?? '';
  if (written === '' || isUnreadable('language', written) || languageNamed(written) !== undefined) return [];
  return [finding('look', 'language-unknown', 'language', written, { params: { languages: Object.values(languageNames).join(', ') } })];
}

/** Missing ones are asked about only where the list has them at all. */
function checkStaffNumber(person: ListedPerson, { ownersByStaffNumber }: ListSurvey): Finding[] {
  const { staffNumber } = person.member;
  if (staffNumber === undefined) return ownersByStaffNumber.size === 0 ? [] : [finding('look', 'staff-number-missing', 'staff_number', '')];
  const owner = ownersByStaffNumber.get(staffNumber);
  if (owner === undefined || owner.row === person.row) return [];
  return [
    finding('look', 'staff-number-repeated', 'staff_number', staffNumber, { params: { row: owner.row.row, name: owner.member.name } }),
  ];
}
