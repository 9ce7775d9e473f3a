import { finding, type Finding } from './finding.ts';
import { isOneEditApart } from './one-edit.ts';
import type { StaffMember } from './staff-list.ts';

export interface Departments {
  /** Lower case to the spelling of the practice. */
  readonly known: ReadonlyMap<string, string>;
  /** The first of them, for comparing with. */
  readonly knownNames: readonly string[];
  /** Those of the list, in lower case, with how often they come and how they are spelled first. */
  readonly listed: ReadonlyMap<string, ListedDepartment>;
  /** Those that others may be misspellings of. */
  readonly usual: readonly string[];
}

interface ListedDepartment {
  readonly spelling: string;
  readonly count: number;
}

/** A department is usual from so many people on, and another may be its misspelling when it has so many times fewer. */
const usualCount = 3;
const timesFewer = 3;
/** Shorter names are abbreviations: ICU is not a misspelt ITU. */
const shortestName = 5;
/** A column with more different values holds something else than departments. */
const mostDepartments = 500;

export function departmentsOf(members: readonly StaffMember[], known: readonly string[]): Departments {
  const listed = new Map<string, ListedDepartment>();
  for (const { department } of members) {
    if (department === undefined) continue;
    const before = listed.get(department.toLowerCase());
    listed.set(department.toLowerCase(), { spelling: before?.spelling ?? department, count: (before?.count ?? 0) + 1 });
  }
  const usual = [...listed].filter(([, { count }]) => count >= usualCount).map(([name]) => name);
  const spellings = new Map(known.map((spelling) => [spelling.toLowerCase(), spelling]));
  return { known: spellings, knownNames: [...spellings.keys()].slice(0, mostDepartments), listed, usual: usual.slice(0, mostDepartments) };
}

/**
 * A department one letter away from one that the practice has must be put right or settled on; one letter away from
 * a usual one of the same list, it should be looked at.
 */
export function checkDepartment({ department }: StaffMember, departments: Departments): Finding[] {
  const name = department?.toLowerCase() ?? '';
  if (department === undefined || name.length < shortestName || departments.known.has(name)) return [];
  const known = departments.knownNames.find((other) => isMisspelt(name, other));
  if (known !== undefined) return [unknown('fix', department, departments.known.get(known) ?? known)];
  const count = departments.listed.get(name)?.count ?? 0;
  const usual = departments.usual.find(
    (other) => (departments.listed.get(other)?.count ?? 0) >= count * timesFewer && isMisspelt(name, other),
  );
  return usual === undefined ? [] : [unknown('look', department, departments.listed.get(usual)?.spelling ?? usual)];
}

function unknown(verdict: 'fix' | 'look', department: string, suggestion: string): Finding {
  return finding(verdict, 'department-unknown', 'department', department, { params: { suggestion }, repair: suggestion });
}

/** Ward 1 and Ward 2 are two wards. */
function isMisspelt(name: string, other: string): boolean {
  return (
    Math.abs(name.length - other.length) <= 1 && isOneEditApart(name, other) && name.replace(/\p{N}/gu, '') !== other.replace(/\p{N}/gu, '')
  );
}
