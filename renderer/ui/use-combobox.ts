import { useEffect, useEffectEvent, useId, useRef, useState, type ChangeEvent, type KeyboardEvent } from 'react';
import { chosenAfter } from './palette-choice.ts';
import type { PaletteGroup, PaletteItem } from './palette-item.ts';

export interface ComboboxOptions {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly groups: readonly PaletteGroup[];
  /** `next-group`: Tab stays in the field. `leave`: it goes on to the next field, as in any form. */
  readonly tab: 'next-group' | 'leave';
  readonly onChoose: (item: PaletteItem) => void;
}

/** A field that finds lines by a few letters: the arrows choose one, Enter takes it. `field` goes on the input. */
export function useCombobox({ query, onQuery, groups, tab, onChoose }: ComboboxOptions) {
  const listId = useId();
  const [wanted, setWanted] = useState(0);
  const items = groups.flatMap((group) => group.items);
  const at = Math.min(wanted, Math.max(0, items.length - 1));
  const chosen = items[at];
  const optionId = (item: PaletteItem | undefined) => (item === undefined ? undefined : `${listId}-${item.id}`);
  const isLoading = groups.some((group) => group.isLoading === true);
  const enter = useEnter(isLoading, () => chosen !== undefined && onChoose(chosen));
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key === 'Tab' && tab === 'leave')) return;
    const sizes = groups.map((group) => group.items.length).filter((count) => count > 0);
    const next = chosenAfter(event.key, event.shiftKey, at, sizes);
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== undefined) setWanted(next);
    else enter.press();
  };
  const typed = (text: string) => {
    setWanted(0);
    enter.forget();
    onQuery(text);
  };
  const field = {
    role: 'combobox',
    'aria-expanded': true,
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    'aria-activedescendant': optionId(chosen),
    value: query,
    onChange: (event: ChangeEvent<HTMLInputElement>) => typed(event.currentTarget.value),
    onKeyDown: pressed,
    'data-autofocus': true,
    autoComplete: 'off',
    spellCheck: false,
  } as const;
  return { listId, field, chosen, optionId, count: items.length };
}

/** Enter chooses; while what was typed is still being looked up, it waits for the answer, once. */
function useEnter(isLoading: boolean, onEnter: () => void): { readonly press: () => void; readonly forget: () => void } {
  const isHeld = useRef(false);
  const enter = useEffectEvent(onEnter);
  useEffect(() => {
    if (isLoading || !isHeld.current) return;
    isHeld.current = false;
    enter();
  }, [isLoading]);
  return {
    press: () => {
      if (isLoading) isHeld.current = true;
      else onEnter();
    },
    forget: () => {
      isHeld.current = false;
    },
  };
}
