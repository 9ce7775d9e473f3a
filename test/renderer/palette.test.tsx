import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { Highlight } from '../../renderer/ui/highlight.tsx';
import { chosenAfter } from '../../renderer/ui/palette-choice.ts';
import type { PaletteGroup } from '../../renderer/ui/palette-item.ts';
import { Palette } from '../../renderer/ui/palette.tsx';
import { show, standInForLayout } from './support/render.tsx';

standInForLayout();

const item = (id: string, onChoose: () => void = () => undefined) => ({ id, title: id, onChoose });

function Finder({ groups, onClose = () => undefined }: { readonly groups: readonly PaletteGroup[]; readonly onClose?: () => void }) {
  const [query, setQuery] = useState('');
  return <Palette isOpen query={query} onQuery={setQuery} groups={groups} onClose={onClose} />;
}

const field = () => screen.getByRole('combobox');
const press = (key: string, more: object = {}) => fireEvent.keyDown(field(), { key, ...more });
const chosen = () => screen.getAllByRole('option').find((option) => option.getAttribute('aria-selected') === 'true');

const groups: readonly PaletteGroup[] = [
  { title: 'People', items: [item('Okafor'), item('Okamoto')] },
  { title: 'Do something', items: [item('Renew'), item('Leave')] },
];

test('the field names the chosen line, which the arrows move round', () => {
  show(<Finder groups={groups} />);
  expect(chosen()?.textContent).toContain('Okafor');
  expect(field().getAttribute('aria-activedescendant')).toBe(chosen()?.id);
  press('ArrowUp');
  expect(chosen()?.textContent).toContain('Leave');
  press('ArrowDown');
  press('ArrowDown');
  expect(chosen()?.textContent).toContain('Okamoto');
  expect(field().getAttribute('aria-activedescendant')).toBe(chosen()?.id);
});

test('Tab goes to what can be done, and on to the beginning', () => {
  show(<Finder groups={groups} />);
  press('Tab');
  expect(chosen()?.textContent).toContain('Renew');
  press('Tab');
  expect(chosen()?.textContent).toContain('Okafor');
});

test('Enter closes the palette and then does what was chosen, once', () => {
  const order: string[] = [];
  const found = [{ title: 'People', items: [item('Okafor'), item('Okamoto', () => order.push('chosen'))] }];
  show(<Finder groups={found} onClose={() => order.push('closed')} />);
  press('ArrowDown');
  press('Enter');
  expect(order).toEqual(['closed', 'chosen']);
});

test('what is chosen opens with nobody typing any more, so that its page takes the focus', () => {
  let typing: Element | null = null;
  show(<Finder groups={[{ title: 'People', items: [item('Okafor', () => (typing = document.activeElement))] }]} />);
  field().focus();
  press('Enter');
  expect(typing).toBe(document.body);
});

test('Enter pressed while the lines are still being looked up takes the first new one, once, unless more is typed', () => {
  const order: string[] = [];
  const found = (name: string, isLoading: boolean) => [{ title: 'People', isLoading, items: [item(name, () => order.push(name))] }];
  const { rerender } = show(<Finder groups={found('Old', true)} />);
  press('Enter');
  expect(order).toEqual([]);
  rerender(<Finder groups={found('Okafor', false)} />);
  expect(order).toEqual(['Okafor']);
  rerender(<Finder groups={found('Okafor', true)} />);
  rerender(<Finder groups={found('Okamoto', false)} />);
  expect(order).toEqual(['Okafor']);
  rerender(<Finder groups={found('Okamoto', true)} />);
  press('Enter');
  fireEvent.change(field(), { target: { value: 'oka' } });
  rerender(<Finder groups={found('Okamoto', false)} />);
  expect(order).toEqual(['Okafor']);
});

test('Enter that ends the composing of a character chooses nothing', () => {
  const onChoose = vi.fn<() => void>();
  show(<Finder groups={[{ title: 'People', items: [item('田中', onChoose)] }]} />);
  press('Enter', { isComposing: true });
  expect(onChoose).not.toHaveBeenCalled();
});

test('typing starts again from the first line', () => {
  show(<Finder groups={groups} />);
  press('End');
  fireEvent.change(field(), { target: { value: 'oka' } });
  expect(chosen()?.textContent).toContain('Okafor');
});

test('keys that choose mean nothing while there is nothing to choose', () => {
  expect(chosenAfter('ArrowDown', false, 0, [])).toBeUndefined();
  expect(chosenAfter('Tab', true, 3, [2, 2])).toBe(0);
});

test('what was searched for is marked whatever its case and accents', () => {
  const marked = (text: string, query: string) =>
    show(<Highlight text={text} query={query} />).container.querySelector('mark')?.textContent;
  expect(marked('Dr. Adaeze Okafor', 'oka')).toBe('Oka');
  expect(marked('Tomasz Wiśniewski', 'wisn')).toBe('Wiśn');
  expect(marked('Зое\u0308 Łuk', 'зоё')).toBe('Зое\u0308');
  expect(marked('Okafor', 'x')).toBeUndefined();
  expect(marked('Okafor', ' ')).toBeUndefined();
});
