import { utf8Encode } from '../domain/encoding/utf8.ts';
import { wordFinding, type FindingLocale } from '../domain/locale/word-finding.ts';
import { checkStaffList } from '../domain/people/check-staff-list.ts';
import { leftOutRows } from '../domain/people/left-out-rows.ts';
import { mailboxKey } from '../domain/people/mailbox-key.ts';
import { readStaffList } from '../domain/people/read-staff-list.ts';
import { repairStaffList } from '../domain/people/repair-staff-list.ts';
import { addressesIn } from '../domain/people/staff-member.ts';
import type { KnownStaff, StaffList, StaffListCheck, StaffMember, StaffRepair } from '../domain/people/staff-list.ts';
import { FileContent } from '../contract/secret.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { MailboxRecord, PersonRecord } from '../ports/stores/people.ts';
import type { AreaHandlers } from './handler.ts';

export interface StaffListParts {
  readonly read: () => ReadStores;
  readonly random: Random;
  readonly findingLocale: FindingLocale;
}

type Import = AreaHandlers<'people'>['import'];

/** Says row by row what would happen. @throws AppError input.empty, input.too-large, input.malformed-csv, input.invalid for a repair */
export async function checkFile(parts: StaffListParts, file: FileContent, repairs: readonly StaffRepair[]): Promise<StaffListCheck> {
  return (await readAndCheck(parts, file, repairs)).check;
}

/** Takes in whom the check lets through; those who need a fix come back as a file. */
export async function importFile(parts: StaffListParts, file: FileContent, repairs: readonly StaffRepair[]): ReturnType<Import> {
  const { list, check } = await readAndCheck(parts, file, repairs);
  const taken = check.rows.filter(({ verdict }) => verdict === 'ready' || verdict === 'look');
  const newcomers = taken.filter(({ personId }) => personId === undefined).map(({ person }) => ({ id: parts.random.uuid(), person }));
  const known = check.rows.flatMap(({ verdict, personId }) => (verdict === 'fix' || personId === undefined ? [] : [personId]));
  const people = [...new Set([...known, ...newcomers.map(({ id }) => id)])];
  return async (stores, { time }) => {
    await stores.people.insert(
      newcomers.map(({ id, person }) => personRecord(id, person, time)),
      newcomers.flatMap(({ id, person }) => mailboxesOf(id, person)),
    );
    const value = { imported: newcomers.length, people, leftOut: check.counts.fix, leftOutFile: leftOutFile(parts, file, list, check) };
    return {
      value,
      subject: { imported: newcomers.length, leftOut: check.counts.fix, people: newcomers.slice(0, listedPeople).map(({ id }) => id) },
      pushes: [{ name: 'people.changed', payload: { people: newcomers.map(({ id }) => id) } }],
    };
  };
}

/** How many ids one entry of the log names; the count says the rest. */
const listedPeople = 500;

async function readAndCheck(
  parts: StaffListParts,
  file: FileContent,
  repairs: readonly StaffRepair[],
): Promise<{ list: StaffList; check: StaffListCheck }> {
  const list = repairStaffList(readStaffList(file.bytes), repairs);
  return { list, check: checkStaffList(list, await knownStaff(parts.read(), list)) };
}

async function knownStaff(stores: ReadStores, list: StaffList): Promise<KnownStaff> {
  const addresses = [...new Set(addressesIn(list).map((address) => address.toLowerCase()))];
  const known = await stores.people.findByAddresses(addresses);
  const people = Array.from(known, ([address, { id, name, standing, endsAt }]) => {
    const certificatesUntil = standing === 'covered' && endsAt !== null ? { certificatesUntil: endsAt } : {};
    return [address, { id, name, ...certificatesUntil }] as const;
  });
  return { people: new Map(people), departments: await stores.people.departments() };
}

function personRecord(id: string, person: StaffMember, createdAt: string): PersonRecord {
  const { name, givenName = null, surname = null, department = null, role = null, staffNumber = null, language = null } = person;
  return { id, name, givenName, surname, department, role, staffNumber, language, status: 'active', createdAt, leftAt: null };
}

function mailboxesOf(personId: string, { email, otherEmails }: StaffMember): MailboxRecord[] {
  return [email, ...otherEmails].map((address, position) => ({ personId, address, normalized: mailboxKey(address), position }));
}

function leftOutFile({ findingLocale }: StaffListParts, file: FileContent, list: StaffList, check: StaffListCheck): FileContent | null {
  const text = leftOutRows(list, check, (finding) => wordFinding(finding, findingLocale));
  return text === undefined ? null : new FileContent(file.name.replace(/(\.[A-Za-z0-9]+)?$/, '-to-finish.csv'), utf8Encode(text));
}
