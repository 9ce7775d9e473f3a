import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import type { DataColumn, RowTone, SortOrder } from './data-column.ts';
import { DataTableHead } from './data-table-head.tsx';
import { DataTableRow } from './data-table-row.tsx';
import { rowAfter } from './row-after.ts';
import { useLatest } from './use-latest.ts';
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

/** What the list shows and what its keys do. */
function useDataTable<Row>(props: DataTableProps<Row>) {
  const isNarrow = useMediaQuery(narrowQuery) ?? false;
  const columns = useMemo(() => props.columns.filter((column) => !(isNarrow && column.isExtra === true)), [props.columns, isNarrow]);
  const { rows, order, setOrder } = useSortedRows(props.rows, columns, props.order, props.onOrder);
  const { rowId } = props;
  const ids = useMemo(() => rows.map((row) => rowId(row)), [rows, rowId]);
  const keyOf = useCallback((index: number) => ids[index] ?? String(index), [ids]);
  const selection = useRowSelection(ids, props.selected, props.onSelect);
  const height = props.isCompact === true ? 40 : 48;
  const focus = useRowFocus({ count: ids.length, heightOf: () => height, keyOf, onNearEnd: props.onNearEnd });
  const { focusRow, scroller } = focus;
  const pressed = (event: KeyboardEvent) => {
    const page = rowsInSight(scroller.current, height);
    pressKey(event, { rows, page, selection, focusRow, open: props.onOpen });
  };
  const latest = useLatest({ toggle: selection.toggle, open: props.onOpen });
  const toggle = useCallback((index: number, isRange: boolean) => latest.current.toggle(index, isRange), [latest]);
  const open = useCallback((row: Row) => latest.current.open?.(row), [latest]);
  return { columns, rows, order, setOrder, ids, selection, height, focus, pressed, toggle, open };
}

/**
 * A list from edge to edge that stays quick with 100,000 rows. One row holds the place for Tab; arrows, Page, Home and
 * End move it, Space chooses, Shift extends, Control A chooses all, Enter opens.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, order, setOrder, ids, selection, height, focus, pressed, toggle, open } = useDataTable(props);
  const { scroller, virtual, active, setActive } = focus;
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
      <DataTableHead columns={columns} order={order} onOrder={setOrder} selection={selection} />
      <div ref={scroller} className={styles.scroller} role="rowgroup">
        <div className={styles.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            const id = ids[index];
            if (row === undefined || id === undefined) return null;
            return (
              <DataTableRow
                key={id}
                row={row}
                index={index}
                start={start}
                name={props.rowName(row)}
                columns={columns}
                isActive={index === active}
                isSelected={selection.isOn ? selection.has(id) : undefined}
                isOpen={id === props.openId}
                tone={props.toneOf?.(row)}
                onActive={setActive}
                onToggle={toggle}
                onOpen={props.onOpen === undefined ? undefined : open}
              />
            );
          })}
        </div>
        {ids.length === 0 && (
          <div className={styles.empty} role="row">
            <div role="gridcell">{props.empty ?? t('table.empty')}</div>
          </div>
        )}
      </div>
    </div>
  );
}

/** How far Page goes: what is in sight, but for two rows that stay for the eye. */
const rowsInSight = (scroller: HTMLElement | null, height: number): number =>
  Math.max(1, Math.floor((scroller?.clientHeight ?? height) / height) - 2);

interface Pressed<Row> {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly selection: RowSelection;
  readonly focusRow: (index: number) => void;
  readonly open: ((row: Row) => void) | undefined;
}

/** What a key does to the list, when a row and nothing inside it has the focus. */
function pressKey<Row>(event: KeyboardEvent, pressed: Pressed<Row>): void {
  if (!(event.target instanceof HTMLElement) || event.target.role !== 'row') return;
  const index = Number(event.target.dataset['index']);
  const next = rowAfter(event.key, index, pressed.rows.length, pressed.page);
  if (next !== undefined) {
    if (event.shiftKey && pressed.selection.isOn) pressed.selection.extend(index, next);
    pressed.focusRow(next);
  } else if (!actOnRow(event, index, pressed)) return;
  event.preventDefault();
}

/** Space, Enter and Control A; false for a key that means nothing here. */
function actOnRow<Row>(event: KeyboardEvent, index: number, { rows, selection, open }: Pressed<Row>): boolean {
  const row = rows[index];
  if (row === undefined) return false;
  if (event.key === ' ' && selection.isOn) selection.toggle(index, event.shiftKey);
  else if ((event.key === 'Enter' || event.key === ' ') && open !== undefined) open(row);
  else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && selection.isOn) selection.setAll(true);
  else return false;
  return true;
}
