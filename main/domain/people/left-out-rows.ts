import { writeRecord } from './delimited-text.ts';
import type { Finding } from './finding.ts';
import { staffColumns } from './staff-column.ts';
import type { StaffList, StaffListCheck } from './staff-list.ts';

/**
 * The rows that need a fix as a file to finish later: the columns that were read under their canonical names, with those
 * that names were taken apart into, the delimiter of the original, and a last column `reason`. `sentence` words a finding.
 * Reading the file gives the same rows. The text begins with a byte order mark, so that a spreadsheet takes it for UTF-8,
 * and no cell in it is run as a formula. `undefined` when no row needs a fix.
 */
export function leftOutRows(list: StaffList, check: StaffListCheck, sentence: (finding: Finding) => string): string | undefined {
  const { columns, delimiter } = list.format;
  const written = staffColumns.filter(
    (column) => columns.includes(column) || column === 'name' || list.rows.some(({ fields }) => fields[column] !== undefined),
  );
  const lines = check.rows.flatMap(({ row, verdict, findings }) => {
    if (verdict !== 'fix') return [];
    const cells = written.map((column) => list.rows[row - 1]?.fields[column] ?? '');
    return [writeRecord([...cells, findings.map(sentence).join(' ')], delimiter)];
  });
  if (lines.length === 0) return undefined;
  return `\ufeff${[writeRecord([...written, 'reason'], delimiter), ...lines].join('\r\n')}\r\n`;
}
