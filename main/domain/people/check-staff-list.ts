import { checkAddresses } from './check-addresses.ts';
import { checkCells } from './check-cells.ts';
import { checkDepartment } from './check-department.ts';
import { finding, type Finding, type FindingCode } from './finding.ts';
import { knownPerson, surveyList, type ListedPerson, type ListSurvey } from './list-survey.ts';
import { areStrangers, isSameName } from './person-name.ts';
import type { CheckedStaffRow, KnownPerson, KnownStaff, StaffList, StaffListCheck, StaffMember, StaffVerdict } from './staff-list.ts';
import { comparableAddress } from './staff-member.ts';

/** What a person may leave as it is, by settling on the value that stands there. */
const settleable: ReadonlySet<FindingCode> = new Set([
  'address-domain-unusual',
  'address-mixed-scripts',
  'cells-surplus',
  'department-unknown',
  'staff-number-missing',
  'staff-number-repeated',
]);

/**
 * Says of every row what will happen to it and why, and offers the repair where it is obvious. The list is compared with
 * itself and with whom the practice knows; of two rows that claim one address, the first keeps it.
 */
export function checkStaffList(list: StaffList, known: KnownStaff): StaffListCheck {
  const survey = surveyList(list, known);
  const rows = survey.people.map((person) => checkRow(person, survey));
  const count = (verdict: StaffVerdict): number => rows.filter((row) => row.verdict === verdict).length;
  const counts = { all: rows.length, fix: count('fix'), look: count('look'), skipped: count('skipped'), ready: count('ready') };
  return { format: list.format, rows, counts };
}

function checkRow(person: ListedPerson, survey: ListSurvey): CheckedStaffRow {
  const known = samePerson(person, survey);
  const nothingToDo = findNothingToDo(person, survey, known);
  const findings = nothingToDo === undefined ? findAll(person, survey) : [nothingToDo];
  const { row, line } = person.row;
  const checked = { row, line, person: withKnownSpelling(person.member, survey), verdict: verdictOf(findings), findings };
  return known === undefined ? checked : { ...checked, personId: known.id };
}

/** Whom the practice knows by the main address of a row, unless the names say that it is somebody else. */
function samePerson({ main, member }: ListedPerson, survey: ListSurvey): KnownPerson | undefined {
  const known = main === undefined ? undefined : knownPerson(survey, main);
  return known === undefined || areStrangers(known.name, member.name) ? undefined : known;
}

function findNothingToDo({ row, main, member }: ListedPerson, survey: ListSurvey, known: KnownPerson | undefined): Finding | undefined {
  if (main === undefined) return undefined;
  if (known?.certificatesUntil !== undefined) {
    return finding('skipped', 'already-enrolled', 'email', main.text, { params: { personId: known.id, until: known.certificatesUntil } });
  }
  const owner = survey.owners.get(comparableAddress(main));
  const isRepeated = owner !== undefined && owner.row !== row && isSameName(owner.member.name, member.name);
  return isRepeated ? finding('skipped', 'row-repeated', 'email', main.text, { params: { row: owner.row.row } }) : undefined;
}

function findAll(person: ListedPerson, survey: ListSurvey): Finding[] {
  const { settled } = person.row;
  const findings = [
    ...checkCells(person, survey),
    ...checkAddresses(person, survey),
    ...checkDepartment(person.member, survey.departments),
  ];
  return findings.filter(({ code, column }) => !(settleable.has(code) && settled.includes(column)));
}

function verdictOf(findings: readonly Finding[]): StaffVerdict {
  const verdicts = findings.map(({ verdict }) => verdict);
  return verdicts.find((verdict) => verdict === 'skipped') ?? verdicts.find((verdict) => verdict === 'fix') ?? verdicts[0] ?? 'ready';
}

/** A department the practice has is written as the practice writes it. */
function withKnownSpelling(member: StaffMember, { departments }: ListSurvey): StaffMember {
  const spelling = departments.known.get((member.department ?? '').toLowerCase());
  return spelling === undefined ? member : { ...member, department: spelling };
}
