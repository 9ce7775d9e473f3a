import type { Language } from '../locale/languages.ts';
import type { Delimiter } from './delimited-text.ts';
import type { Finding } from './finding.ts';
import type { StaffColumn } from './staff-column.ts';
import type { TextEncoding } from './text-encoding.ts';

/** How a file turned out to be written. */
export interface StaffListFormat {
  readonly encoding: TextEncoding;
  readonly delimiter: Delimiter;
  /** The columns that were recognised, in the order of `staffColumns`. */
  readonly columns: readonly StaffColumn[];
  /** Headers of the columns that are not read, as written, in the file's order. */
  readonly ignoredHeaders: readonly string[];
}

/** One row as written: white space trimmed and collapsed, text in NFC, nothing judged yet. */
export interface StaffRow {
  /** Counted from 1; the headers and blank lines do not count. */
  readonly row: number;
  /** Line of the file on which the row begins, counted from 1. */
  readonly line: number;
  readonly fields: Readonly<Partial<Record<StaffColumn, string>>>;
  /** The row has more cells than there are headers, so that its cells may be in the wrong columns. */
  readonly hasSurplusCells: boolean;
  /** Columns in which a person has settled on the value: nothing is asked about it again that can be left as it is. */
  readonly settled: readonly StaffColumn[];
}

export interface StaffList {
  readonly format: StaffListFormat;
  readonly rows: readonly StaffRow[];
}

/** A person as the list describes them. What is not said is absent; `email` and `name` are empty then. */
export interface StaffMember {
  readonly name: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly email: string;
  readonly otherEmails: readonly string[];
  readonly department?: string;
  readonly role?: string;
  readonly staffNumber?: string;
  /** Of the pages they are handed. */
  readonly language?: Language;
}

/**
 * `ready`: will be taken in. `look`: will be taken in, but somebody should look at it. `fix`: left out until something is
 * put right. `skipped`: nothing to do.
 */
export const staffVerdicts = ['fix', 'look', 'skipped', 'ready'] as const;
export type StaffVerdict = (typeof staffVerdicts)[number];

export interface CheckedStaffRow {
  readonly row: number;
  readonly line: number;
  readonly person: StaffMember;
  readonly verdict: StaffVerdict;
  readonly findings: readonly Finding[];
  /** Set where the person is known already. */
  readonly personId?: string;
}

/** What will happen, row by row. Plain data. */
export interface StaffListCheck {
  readonly format: StaffListFormat;
  readonly rows: readonly CheckedStaffRow[];
  readonly counts: Readonly<Record<StaffVerdict | 'all', number>>;
}

/** A new value for one cell, chosen by a person. The value that stands there already means: it is right as it is. */
export interface StaffRepair {
  readonly row: number;
  readonly column: string;
  readonly value: string;
}

/** Somebody whom the practice knows already. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  /** RFC 3339 instant until which a pair of certificates is good; absent when there is none. */
  readonly certificatesUntil?: string;
}

/** What the practice knows, for a list to be compared with. */
export interface KnownStaff {
  /** People who have not left, by each of their addresses as `mailboxKey` gives it. */
  readonly people: ReadonlyMap<string, KnownPerson>;
  /** Departments as they are spelled. */
  readonly departments: readonly string[];
}
