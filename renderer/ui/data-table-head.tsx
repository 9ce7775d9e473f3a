import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { t } from '../i18n/translate.ts';
import type { DataColumn, SortOrder } from './data-column.ts';
import { RowCheck } from './row-check.tsx';
import type { RowSelection } from './use-row-selection.ts';
import styles from './data-table.module.css';

export interface DataTableHeadProps<Row> {
  readonly columns: readonly DataColumn<Row>[];
  readonly order: SortOrder | undefined;
  readonly onOrder: (order: SortOrder) => void;
  readonly selection: RowSelection;
}

/** The names of the columns; those that sort are buttons. */
export function DataTableHead<Row>({ columns, order, onOrder, selection }: DataTableHeadProps<Row>) {
  return (
    <div className={styles.headGroup} role="rowgroup">
      <div className={styles.head} role="row" aria-rowindex={1}>
        {selection.isOn && (
          <div className={styles.checkCell} role="columnheader">
            <RowCheck
              label={t('table.select-all')}
              isChecked={selection.extent === 'all'}
              isPartly={selection.extent === 'some'}
              isTabStop
              onToggle={() => selection.setAll(selection.extent !== 'all')}
            />
          </div>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} order={order?.column === column.id ? order : undefined} onOrder={onOrder} />
        ))}
      </div>
    </div>
  );
}

interface HeadCellProps<Row> {
  readonly column: DataColumn<Row>;
  readonly order: SortOrder | undefined;
  readonly onOrder: (order: SortOrder) => void;
}

function HeadCell<Row>({ column, order, onOrder }: HeadCellProps<Row>) {
  const canSort = column.isSortable === true || column.sortBy !== undefined;
  const direction = order === undefined ? 'none' : order.isDescending ? 'descending' : 'ascending';
  const Arrow = order?.isDescending === true ? IconChevronUp : IconChevronDown;
  const turn = () => onOrder({ column: column.id, isDescending: order?.isDescending === false });
  return (
    <div
      className={styles.headCell}
      role="columnheader"
      data-number={column.isNumber === true}
      {...(canSort ? { 'aria-sort': direction } : {})}
    >
      {canSort ? (
        <UnstyledButton className={styles.sort} onClick={turn}>
          {column.header}
          {order !== undefined && <Arrow size={14} stroke={1.75} aria-hidden />}
        </UnstyledButton>
      ) : (
        column.header
      )}
    </div>
  );
}
