import { fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { DataColumn, SortOrder } from '../../renderer/ui/data-column.ts';
import { DataTable } from '../../renderer/ui/data-table.tsx';
import { settle, show, standInForLayout } from './support/render.tsx';

standInForLayout();

interface Person {
  readonly id: string;
  readonly name: string;
}

const people: readonly Person[] = Array.from({ length: 5000 }, (_, index) => ({ id: `p${index}`, name: `Person ${index}` }));
const columns: readonly DataColumn<Person>[] = [
  { id: 'name', header: 'Person', width: '1fr', cell: (person) => person.name, sortBy: (person) => person.name },
];
const idOf = (person: Person) => person.id;

interface ListProps {
  readonly rows?: readonly Person[];
  readonly onOpen?: (person: Person) => void;
  readonly onSelected?: (selected: ReadonlySet<string>) => void;
}

function List({ rows = people, onOpen = () => undefined, onSelected }: ListProps) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = (next: ReadonlySet<string>) => {
    setSelected(next);
    onSelected?.(next);
  };
  return (
    <DataTable
      label="People"
      rows={rows}
      columns={columns}
      rowId={idOf}
      rowName={(person) => person.name}
      selected={selected}
      onSelect={select}
      onOpen={onOpen}
    />
  );
}

const bodyRows = () => screen.getAllByRole('row').filter((row) => row.getAttribute('aria-rowindex') !== '1');
const rowOf = (name: string) => screen.getByText(name).closest<HTMLElement>('[role=row]') ?? document.body;
const tabStops = () => bodyRows().filter((row) => row.tabIndex === 0);
const press = async (key: string, more: object = {}) => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
  await settle();
};

test('only the rows in sight are drawn, and each knows its place among all', () => {
  show(<List />);
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('5001');
  expect(bodyRows().length).toBeGreaterThan(10);
  expect(bodyRows().length).toBeLessThan(60);
  expect(rowOf('Person 3').getAttribute('aria-rowindex')).toBe('5');
});

test('exactly one row is the place for Tab, and the arrows move it', async () => {
  show(<List />);
  expect(tabStops()).toEqual([rowOf('Person 0')]);
  rowOf('Person 0').focus();
  await press('ArrowDown');
  await press('ArrowDown');
  await press('ArrowUp');
  expect(document.activeElement).toBe(rowOf('Person 1'));
  expect(tabStops()).toEqual([rowOf('Person 1')]);
});

test('the focus does not leave the list at its ends', async () => {
  show(<List rows={people.slice(0, 3)} />);
  rowOf('Person 0').focus();
  await press('ArrowUp');
  expect(document.activeElement).toBe(rowOf('Person 0'));
  await press('End');
  await press('ArrowDown');
  expect(document.activeElement).toBe(rowOf('Person 2'));
});

test('the last row of a long list gets the focus though it was not drawn before', async () => {
  show(<List />);
  rowOf('Person 0').focus();
  await press('End');
  expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('5001');
});

test('Space chooses, Shift with an arrow extends, and Control A chooses all', async () => {
  const onSelected = vi.fn<(selected: ReadonlySet<string>) => void>();
  show(<List onSelected={onSelected} />);
  rowOf('Person 0').focus();
  await press(' ');
  expect([...(onSelected.mock.lastCall?.[0] ?? [])]).toEqual(['p0']);
  await press('ArrowDown', { shiftKey: true });
  await press('ArrowDown', { shiftKey: true });
  expect([...(onSelected.mock.lastCall?.[0] ?? [])]).toEqual(['p0', 'p1', 'p2']);
  expect(rowOf('Person 2').getAttribute('aria-selected')).toBe('true');
  await press('a', { ctrlKey: true });
  expect(onSelected.mock.lastCall?.[0].size).toBe(5000);
});

test('rows chosen one after the other with the pointer stay chosen', () => {
  const onSelected = vi.fn<(selected: ReadonlySet<string>) => void>();
  show(<List onSelected={onSelected} />);
  for (const name of ['Person 1', 'Person 4', 'Person 2'])
    fireEvent.click(within(rowOf(name)).getByRole('checkbox', { name: `Select ${name}` }));
  expect([...(onSelected.mock.lastCall?.[0] ?? [])].toSorted()).toEqual(['p1', 'p2', 'p4']);
  fireEvent.click(within(rowOf('Person 4')).getByRole('checkbox'));
  expect([...(onSelected.mock.lastCall?.[0] ?? [])].toSorted()).toEqual(['p1', 'p2']);
});

test('the box in the head says whether some or all are chosen, and turns all', () => {
  show(<List rows={people.slice(0, 3)} />);
  const all = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all' });
  fireEvent.click(within(rowOf('Person 1')).getByRole('checkbox'));
  expect([all.checked, all.indeterminate]).toEqual([false, true]);
  fireEvent.click(all);
  expect([all.checked, all.indeterminate]).toEqual([true, false]);
  fireEvent.click(all);
  expect(bodyRows().map((row) => row.getAttribute('aria-selected'))).toEqual(['false', 'false', 'false']);
});

test('Enter and a click open a row, a click on its box does not', async () => {
  const onOpen = vi.fn<(person: Person) => void>();
  show(<List onOpen={onOpen} />);
  fireEvent.click(within(rowOf('Person 1')).getByRole('checkbox'));
  expect(onOpen).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText('Person 1'));
  rowOf('Person 2').focus();
  await press('Enter');
  expect(onOpen.mock.calls.map(([person]) => person.id)).toEqual(['p1', 'p2']);
});

test('a column sorts up, then down, by number and not by letter', async () => {
  show(<List rows={[people[10], people[9], people[100]].filter((person) => person !== undefined)} />);
  const head = screen.getByRole('columnheader', { name: 'Person' });
  expect(head.getAttribute('aria-sort')).toBe('none');
  fireEvent.click(within(head).getByRole('button'));
  await settle();
  expect(bodyRows().map((row) => row.textContent)).toEqual(['Person 9', 'Person 10', 'Person 100']);
  expect(head.getAttribute('aria-sort')).toBe('ascending');
  fireEvent.click(within(head).getByRole('button'));
  await settle();
  expect(bodyRows().map((row) => row.textContent)).toEqual(['Person 100', 'Person 10', 'Person 9']);
});

test('where the core sorts the rows stay as they come and the core is told', () => {
  const onOrder = vi.fn<(order: SortOrder) => void>();
  const rows = [people[2], people[1]].filter((person) => person !== undefined);
  show(
    <DataTable
      label="People"
      rows={rows}
      columns={columns}
      rowId={idOf}
      rowName={(person) => person.name}
      order={{ column: 'name', isDescending: false }}
      onOrder={onOrder}
    />,
  );
  expect(bodyRows().map((row) => row.textContent)).toEqual(['Person 2', 'Person 1']);
  fireEvent.click(within(screen.getByRole('columnheader')).getByRole('button'));
  expect(onOrder).toHaveBeenCalledWith({ column: 'name', isDescending: true });
});

test('more is asked for when the end comes into sight, and not before', () => {
  const near = vi.fn<() => void>();
  const far = vi.fn<() => void>();
  const table = { label: 'People', columns, rowId: idOf, rowName: (person: Person) => person.name };
  show(<DataTable {...table} rows={people.slice(0, 20)} onNearEnd={near} />);
  show(<DataTable {...table} rows={people} onNearEnd={far} />);
  expect(near).toHaveBeenCalled();
  expect(far).not.toHaveBeenCalled();
});
