import { headerSpellings } from './header-spellings.ts';

/** What a staff list may say of a person. */
export const staffColumns = [
  'name',
  'given_name',
  'surname',
  'email',
  'other_emails',
  'department',
  'role',
  'staff_number',
  'language',
] as const;
export type StaffColumn = (typeof staffColumns)[number];

const columnBySpelling = new Map(
  staffColumns.flatMap((column) => headerSpellings[column].split(',').map((spelling) => [foldHeader(spelling), column] as const)),
);

/** What every column of a file holds, in the file's order; `undefined` where that is not known or already given by an earlier column. */
export function recogniseColumns(headers: readonly string[]): (StaffColumn | undefined)[] {
  const seen = new Set<StaffColumn>();
  return headers.map((header) => {
    const named = columnBySpelling.get(foldHeader(header));
    const column = named === 'email' && seen.has('email') ? 'other_emails' : named;
    if (column === undefined || (seen.has(column) && column !== 'other_emails')) return undefined;
    seen.add(column);
    return column;
  });
}

function foldHeader(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
