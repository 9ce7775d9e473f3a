import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { formatLocale } from '../i18n/locale.ts';
import type { DataColumn, SortOrder } from './data-column.ts';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
type Features = typeof features;

/** Names as their readers sort them: case and accents decide last, numbers by their value. */
const collator = new Intl.Collator(formatLocale(), { numeric: true });

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));

function definitionOf<Row extends object>(column: DataColumn<Row>): ColumnDef<Features, Row> {
  const { id, header, sortBy } = column;
  return {
    id,
    header,
    accessorFn: sortBy ?? (() => ''),
    enableSorting: sortBy !== undefined,
    sortFn: (a, b) => (sortBy === undefined ? 0 : compare(sortBy(a.original), sortBy(b.original))),
  };
}

/** The rows in order. Where an order and whom to tell of another are given, the core sorts and the rows stay as they come. */
export function useSortedRows<Row>(
  rows: readonly Row[],
  columns: readonly DataColumn<Row>[],
  order?: SortOrder,
  onOrder?: (order: SortOrder) => void,
) {
  const [own, setOwn] = useState<SortOrder>();
  const boxed = useMemo(() => rows.map((row) => ({ row })), [rows]);
  const definitions = useMemo(() => columns.map((column) => definitionOf(boxedColumn(column))), [columns]);
  const isOurs = onOrder === undefined;
  const table = useTable<Features, { readonly row: Row }, null>(
    {
      features,
      data: boxed,
      columns: definitions,
      manualSorting: !isOurs,
      state: { sorting: isOurs && own !== undefined ? [{ id: own.column, desc: own.isDescending }] : [] },
    },
    () => null,
  );
  const model = table.getRowModel().rows;
  const sorted = useMemo(() => model.map((entry) => entry.original.row), [model]);
  return { rows: sorted, order: isOurs ? own : order, setOrder: onOrder ?? setOwn };
}

function boxedColumn<Row>(column: DataColumn<Row>): DataColumn<{ readonly row: Row }> {
  const { sortBy, cell, ...rest } = column;
  return { ...rest, cell: ({ row }) => cell(row), ...(sortBy === undefined ? {} : { sortBy: ({ row }) => sortBy(row) }) };
}
