import { memo, type MouseEvent } from 'react';
import { t } from '../i18n/translate.ts';
import type { DataColumn, RowTone } from './data-column.ts';
import { RowCheck } from './row-check.tsx';
import { TabStopContext } from './tab-stop.ts';
import styles from './data-table.module.css';

export interface DataTableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly start: number;
  readonly name: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly isActive: boolean;
  /** Undefined where rows cannot be chosen. */
  readonly isSelected: boolean | undefined;
  readonly isOpen: boolean;
  readonly tone: RowTone | undefined;
  readonly onActive: (index: number) => void;
  readonly onToggle: (index: number, isRange: boolean) => void;
  readonly onOpen: ((row: Row) => void) | undefined;
}

const isOnControl = (event: MouseEvent): boolean =>
  event.target instanceof Element && event.target.closest('button, a, input, label') !== null;

function Row<Row>({
  row,
  index,
  start,
  name,
  columns,
  isActive,
  isSelected,
  isOpen,
  tone,
  onActive,
  onToggle,
  onOpen,
}: DataTableRowProps<Row>) {
  const clicked = (event: MouseEvent) => {
    if (!isOnControl(event)) onOpen?.(row);
  };
  return (
    // Keys are heard by the list: arrows, Space and Enter go through it.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      {...(isSelected === undefined ? {} : { 'aria-selected': isSelected })}
      data-index={index}
      data-tone={tone}
      data-open={isOpen}
      data-can-open={onOpen !== undefined}
      tabIndex={isActive ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      onFocus={() => onActive(index)}
      onClick={clicked}
    >
      <TabStopContext value={isActive}>
        {isSelected !== undefined && (
          <div className={styles.checkCell} role="gridcell">
            <RowCheck label={t('table.select-row', { name })} isChecked={isSelected} onToggle={(isRange) => onToggle(index, isRange)} />
          </div>
        )}
        {columns.map((column) => (
          <div key={column.id} className={styles.cell} role="gridcell" data-number={column.isNumber === true}>
            {column.cell(row)}
          </div>
        ))}
      </TabStopContext>
    </div>
  );
}

/** One row; drawn again only when something of it changed. Its handlers must stay the same. */
export const DataTableRow = memo(Row) as typeof Row;
