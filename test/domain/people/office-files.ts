import { readFileSync } from 'node:fs';
import { checkStaffList } from '../../../main/domain/people/check-staff-list.ts';
import { readStaffList } from '../../../main/domain/people/read-staff-list.ts';
import { repairStaffList } from '../../../main/domain/people/repair-staff-list.ts';
import type { CheckedStaffRow, KnownStaff, StaffListCheck, StaffRepair } from '../../../main/domain/people/staff-list.ts';

export const nobody: KnownStaff = { people: new Map(), departments: [] };

export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

/** As spreadsheets for Windows save text: UTF-16 with a byte order mark. */
export function utf16(text: string, order: 'little' | 'big'): Uint8Array {
  const octets = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(order === 'little' ? octets : octets.swap16());
}

export function sample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../resources/sample-practice/${name}`, import.meta.url)));
}

export function check(text: string, known: KnownStaff = nobody, repairs: readonly StaffRepair[] = []): StaffListCheck {
  return checkStaffList(repairStaffList(readStaffList(utf8(text)), repairs), known);
}

/** The rows of a list with these lines under `name,email,department,staff_number`. */
export function rowsOf(lines: readonly string[], known?: KnownStaff, repairs?: readonly StaffRepair[]): readonly CheckedStaffRow[] {
  return check(['name,email,department,staff_number', ...lines].join('\n'), known, repairs).rows;
}

/** Codes of what was found, one list a row. */
export const codesOf = (rows: readonly CheckedStaffRow[]): string[][] => rows.map(({ findings }) => findings.map(({ code }) => code));

/** Lines that make ridgeway.example the usual domain and Cardiology a usual department. */
const colleagues = [
  'Ada Ray,ada@ridgeway.example,Cardiology,1',
  'Ben Low,ben@ridgeway.example,Cardiology,2',
  'Cleo Fox,cleo@ridgeway.example,Cardiology,3',
];

/** A row under three colleagues. */
export function rowWithColleagues(line: string): CheckedStaffRow | undefined {
  return rowsOf([...colleagues, line])[3];
}
