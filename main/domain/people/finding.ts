import type { StaffColumn } from './staff-column.ts';

/**
 * What can be found in a row; the locale words it from code and parameters.
 * - `address-missing`
 * - `address-malformed` {reason: see `MailboxFault`}
 * - `address-repeated` {row, name}: a row above, of another person, has this address
 * - `address-of-another` {personId, name}: belongs to somebody with another name
 * - `address-domain-unusual` {domain, usual}: one letter away from what nearly all have
 * - `address-mixed-scripts`: Latin letters beside Greek or Cyrillic ones that look the same
 * - `name-missing`
 * - `characters-invisible`, `characters-lost`: control or direction marks; the mark that stands for what an encoding lost
 * - `too-long` {limit}
 * - `cells-surplus`: more cells than headers
 * - `department-unknown` {suggestion}: not among the departments, but one letter away from one of them
 * - `staff-number-missing`, `staff-number-repeated` {row, name}
 * - `language-unknown` {languages}: there are no pages in it; those there are, by name
 * - `already-enrolled` {personId, until}, `row-repeated` {row}: nothing to do
 */
export type FindingCode =
  | 'address-missing'
  | 'address-malformed'
  | 'address-repeated'
  | 'address-of-another'
  | 'address-domain-unusual'
  | 'address-mixed-scripts'
  | 'name-missing'
  | 'characters-invisible'
  | 'characters-lost'
  | 'too-long'
  | 'cells-surplus'
  | 'department-unknown'
  | 'staff-number-missing'
  | 'staff-number-repeated'
  | 'language-unknown'
  | 'already-enrolled'
  | 'row-repeated';

export interface Finding {
  readonly column: StaffColumn;
  readonly code: FindingCode;
  /** What it makes of its row. */
  readonly verdict: 'fix' | 'look' | 'skipped';
  readonly params: Readonly<Record<string, string | number>>;
  /** The part that is meant, as written, at most 100 characters. */
  readonly value: string;
  /** What to write into the whole cell instead, where that is obvious. */
  readonly repair?: string;
}

const longestValue = 100;

/** Makes a finding about a value that stands in a column. */
export function finding(
  verdict: Finding['verdict'],
  code: FindingCode,
  column: StaffColumn,
  value: string,
  { params = {}, repair }: { params?: Finding['params']; repair?: string | undefined } = {},
): Finding {
  const shown = Array.from(value.slice(0, 2 * longestValue))
    .slice(0, longestValue)
    .join('');
  return { column, code, verdict, params, value: shown, ...(repair === undefined ? {} : { repair }) };
}
