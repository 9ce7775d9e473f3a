import type { ReactNode } from 'react';

/** One column of a `DataTable`. */
export interface DataColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** A grid track: `130px`, `minmax(220px, 2fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the window sorts by; where the core sorts, `isSortable` instead. */
  readonly sortBy?: (row: Row) => string | number;
  readonly isSortable?: boolean;
  /** Numbers stand at the end of their column, in figures of one width. */
  readonly isNumber?: boolean;
  /** Leaves where the window is narrow: tables keep the person and the state. */
  readonly isExtra?: boolean;
}

export interface SortOrder {
  readonly column: string;
  readonly isDescending: boolean;
}

/** A coloured edge for a row that needs somebody; `loud` colours the whole row. */
export type RowTone = 'stop' | 'warn' | 'stop-loud';
