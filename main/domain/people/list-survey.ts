import { departmentsOf, type Departments } from './check-department.ts';
import type { KnownPerson, KnownStaff, StaffList, StaffMember, StaffRow } from './staff-list.ts';
import { comparableAddress, rowAddresses, staffMember, type RowAddress } from './staff-member.ts';

/** A row with what was read out of it. */
export interface ListedPerson {
  readonly row: StaffRow;
  readonly addresses: readonly RowAddress[];
  /** The first address of the column of mail addresses. */
  readonly main: RowAddress | undefined;
  readonly member: StaffMember;
}

/** What a row is compared with: the other rows, and whom the practice knows. */
export interface ListSurvey {
  readonly people: readonly ListedPerson[];
  /** The first row that has an address or a staff number. */
  readonly owners: ReadonlyMap<string, ListedPerson>;
  readonly ownersByStaffNumber: ReadonlyMap<string, ListedPerson>;
  /** How many rows have their main address in a domain. */
  readonly domains: ReadonlyMap<string, number>;
  /** The domains that several rows have, most of them first. */
  readonly usualDomains: readonly string[];
  readonly departments: Departments;
  readonly known: ReadonlyMap<string, KnownPerson>;
}

/** A domain is usual from so many rows on; repairs are tried with so many of them. */
const usualCount = 2;
const mostUsualDomains = 10;

export function surveyList(list: StaffList, known: KnownStaff): ListSurvey {
  const people = list.rows.map(listPerson);
  const domains = countDomains(people);
  return {
    people,
    owners: firstBy(people, ({ addresses }) => addresses.filter(({ mailbox }) => mailbox !== undefined).map(comparableAddress)),
    ownersByStaffNumber: firstBy(people, ({ member }) => (member.staffNumber === undefined ? [] : [member.staffNumber])),
    domains,
    usualDomains: mostUsual(domains),
    departments: departmentsOf(
      people.map(({ member }) => member),
      known.departments,
    ),
    known: known.people,
  };
}

/** Whom the practice knows by an address. */
export function knownPerson({ known }: ListSurvey, address: RowAddress): KnownPerson | undefined {
  return address.mailbox === undefined ? undefined : known.get(comparableAddress(address));
}

function listPerson(row: StaffRow): ListedPerson {
  const addresses = rowAddresses(row);
  const main = addresses.find(({ column }) => column === 'email');
  return { row, addresses, main, member: staffMember(row, addresses) };
}

function firstBy(people: readonly ListedPerson[], keysOf: (person: ListedPerson) => readonly string[]): Map<string, ListedPerson> {
  const first = new Map<string, ListedPerson>();
  for (const person of people) for (const key of keysOf(person)) if (!first.has(key)) first.set(key, person);
  return first;
}

function countDomains(people: readonly ListedPerson[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { main } of people) {
    const domain = main?.mailbox?.domain;
    if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return counts;
}

function mostUsual(domains: ReadonlyMap<string, number>): string[] {
  const usual = [...domains].filter(([, count]) => count >= usualCount).sort(([, one], [, other]) => other - one);
  return usual.slice(0, mostUsualDomains).map(([domain]) => domain);
}
