import { AppError } from '../errors.ts';
import { tidy } from './read-staff-list.ts';
import { staffColumns, type StaffColumn } from './staff-column.ts';
import type { StaffList, StaffRepair, StaffRow } from './staff-list.ts';

/**
 * The list with the chosen values written into it, to be checked again as a whole: one repair may settle a finding in
 * another row. A later repair of the same cell wins.
 * @throws AppError input.invalid with `row` and `column` when the list has no such row or no list has such a column.
 */
export function repairStaffList(list: StaffList, repairs: readonly StaffRepair[]): StaffList {
  const rows = [...list.rows];
  for (const repair of repairs) {
    const row = rows[repair.row - 1];
    const column = staffColumns.find((each) => each === repair.column);
    if (row === undefined || column === undefined) {
      throw new AppError('input.invalid', 'The list has no such row or column.', {
        field: 'repairs',
        row: repair.row,
        column: repair.column,
      });
    }
    rows[repair.row - 1] = withValue(row, column, tidy(repair.value));
  }
  return { ...list, rows };
}

function withValue(row: StaffRow, column: StaffColumn, value: string): StaffRow {
  const { [column]: _, ...others } = row.fields;
  return { ...row, fields: value === '' ? others : { ...others, [column]: value }, settled: [...row.settled, column] };
}
