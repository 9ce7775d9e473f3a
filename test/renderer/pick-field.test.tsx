import { createEvent, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { PaletteItem } from '../../renderer/ui/palette-item.ts';
import { PickField } from '../../renderer/ui/pick-field.tsx';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

const item = (id: string, onChoose: () => void = () => undefined): PaletteItem => ({ id, title: id, detail: 'a detail', onChoose });

function Field({ items, isLoading = false }: { readonly items: readonly PaletteItem[]; readonly isLoading?: boolean }) {
  const [query, setQuery] = useState('');
  return <PickField label="Person" placeholder="A few letters" query={query} onQuery={setQuery} items={items} isLoading={isLoading} />;
}

const field = () => screen.getByRole('combobox', { name: 'Person' });
const press = (key: string, more: object = {}) => fireEvent.keyDown(field(), { key, ...more });
const chosen = () => screen.getAllByRole('option').find((option) => option.getAttribute('aria-selected') === 'true');

test('the arrows choose and Enter takes the line, or the pointer does', () => {
  const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()];
  show(<Field items={[item('Okafor', first), item('Okamoto', second)]} />);
  press('ArrowDown');
  expect(field().getAttribute('aria-activedescendant')).toBe(chosen()?.id);
  press('Enter');
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  fireEvent.click(screen.getByRole('option', { name: /Okafor/ }));
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
});

test('Enter pressed while lines are looked up takes the new one when it is there, and never the one before', () => {
  const order: string[] = [];
  const { rerender } = show(<Field items={[item('Old', () => order.push('Old'))]} isLoading />);
  press('Enter');
  expect(order).toEqual([]);
  rerender(<Field items={[item('Okafor', () => order.push('Okafor'))]} />);
  expect(order).toEqual(['Okafor']);
});

test('Enter that was held is forgotten when more is typed, or when nothing is found', () => {
  const onChoose = vi.fn<() => void>();
  const { rerender } = show(<Field items={[]} isLoading />);
  press('Enter');
  fireEvent.change(field(), { target: { value: 'oka' } });
  rerender(<Field items={[item('Okafor', onChoose)]} />);
  rerender(<Field items={[]} isLoading />);
  press('Enter');
  rerender(<Field items={[]} />);
  rerender(<Field items={[item('Okafor', onChoose)]} />);
  expect(onChoose).not.toHaveBeenCalled();
});

test('Tab leaves the field, and Enter that ends the composing of a character takes nothing', () => {
  const onChoose = vi.fn<() => void>();
  show(<Field items={[item('田中', onChoose)]} />);
  const tab = createEvent.keyDown(field(), { key: 'Tab' });
  fireEvent(field(), tab);
  expect(tab.defaultPrevented).toBe(false);
  press('Enter', { isComposing: true });
  expect(onChoose).not.toHaveBeenCalled();
});
