import { useMediaQuery } from '@mantine/hooks';
import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import type { DataColumn, RowTone, SortOrder } from './data-column.ts';
import { DataTableHead } from './data-table-head.tsx';
import { DataTableRow } from './data-table-row.tsx';
import { rowAfter } from './row-after.ts';
import { useRowFocus } from './use-row-focus.ts';
import { useRowSelection, type RowSelection } from './use-row-selection.ts';
import { useSortedRows } from './use-sorted-rows.ts';
import styles from './data-table.module.css';

export interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  /** The row in words, for its check box: a person's name. */
  readonly rowName: (row: Row) => string;
  /** Where the core sorts: the present order, and whom to tell of another. Left out, the window sorts by `sortBy`. */
  readonly order?: SortOrder;
  readonly onOrder?: (order: SortOrder) => void;
  /** Rows chosen by their id; left out, rows cannot be chosen. */
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
  /** A click on the row, or Enter. */
  readonly onOpen?: (row: Row) => void;
  /** The row that is open beside the list. */
  readonly openId?: string;
  /** How many there are with those not loaded yet. */
  readonly total?: number;
  /** Called while the last rows come into sight: the moment to load more. */
  readonly onNearEnd?: () => void;
  readonly toneOf?: (row: Row) => RowTone | undefined;
  /** 48 px with two lines in a cell, or 40 px with one. */
  readonly isCompact?: boolean;
  /** Shown when there are no rows. */
  readonly empty?: ReactNode;
}

const narrowQuery = '(max-width: 999.98px)';
const selectionTrack = '36px ';

/**
 * A list from edge to edge that stays quick with 100,000 rows. One row holds the place for Tab; arrows, Page, Home and
 * End move it, Space chooses, Shift extends, Control A chooses all, Enter opens.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const isNarrow = useMediaQuery(narrowQuery) ?? false;
  const columns = useMemo(() => props.columns.filter((column) => !(isNarrow && column.isExtra === true)), [props.columns, isNarrow]);
  const sorted = useSortedRows(props.rows, columns, props.order, props.onOrder);
  const { rowId } = props;
  const ids = useMemo(() => sorted.rows.map((row) => rowId(row)), [sorted.rows, rowId]);
  const selection = useRowSelection(ids, props.selected, props.onSelect);
  const height = props.isCompact === true ? 40 : 48;
  const { scroller, virtual, active, setActive, focusRow } = useRowFocus(sorted.rows.length, height, props.onNearEnd);
  const pressed = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 2);
    pressKey(event, { row: sorted.rows[active], active, count: ids.length, page, selection, focusRow, open: props.onOpen });
  };
  const template = (selection.isOn ? selectionTrack : '') + columns.map((column) => column.width).join(' ');
  return (
    <div
      className={styles.table}
      role="grid"
      aria-label={props.label}
      aria-rowcount={(props.total ?? ids.length) + 1}
      aria-colcount={columns.length + (selection.isOn ? 1 : 0)}
      aria-multiselectable={selection.isOn}
      tabIndex={-1}
      onKeyDown={pressed}
      style={{ '--columns': template, '--row': `${height}px` }}
    >
      <DataTableHead columns={columns} order={sorted.order} onOrder={sorted.setOrder} selection={selection} />
      <div ref={scroller} className={styles.scroller} role="rowgroup">
        <div className={styles.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = sorted.rows[item.index];
            const id = ids[item.index];
            if (row === undefined || id === undefined) return null;
            return (
              <DataTableRow
                key={id}
                row={row}
                index={item.index}
                start={item.start}
                name={props.rowName(row)}
                columns={columns}
                isActive={item.index === active}
                isSelected={selection.isOn ? selection.has(id) : undefined}
                isOpen={id === props.openId}
                tone={props.toneOf?.(row)}
                canOpen={props.onOpen !== undefined}
                onActive={setActive}
                onToggle={selection.toggle}
                onOpen={props.onOpen}
              />
            );
          })}
        </div>
        {ids.length === 0 && <div className={styles.empty}>{props.empty ?? t('table.empty')}</div>}
      </div>
    </div>
  );
}

interface Pressed<Row> {
  readonly row: Row | undefined;
  readonly active: number;
  readonly count: number;
  readonly page: number;
  readonly selection: RowSelection;
  readonly focusRow: (index: number) => void;
  readonly open: ((row: Row) => void) | undefined;
}

/** What a key does to the list, when a row and nothing inside it has the focus. */
function pressKey<Row>(event: KeyboardEvent, pressed: Pressed<Row>): void {
  if (!(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
  const next = rowAfter(event.key, pressed.active, pressed.count, pressed.page);
  if (next !== undefined) {
    if (event.shiftKey && pressed.selection.isOn) pressed.selection.extend(pressed.active, next);
    pressed.focusRow(next);
  } else if (!actOnRow(event, pressed)) return;
  event.preventDefault();
}

/** Space, Enter and Control A; false for a key that means nothing here. */
function actOnRow<Row>(event: KeyboardEvent, { row, active, selection, open }: Pressed<Row>): boolean {
  if (row === undefined) return false;
  if (event.key === ' ' && selection.isOn) selection.toggle(active, event.shiftKey);
  else if ((event.key === 'Enter' || event.key === ' ') && open !== undefined) open(row);
  else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && selection.isOn) selection.setAll(true);
  else return false;
  return true;
}
