import { useMemo, useRef } from 'react';

/** Rows chosen in a list. */
export interface RowSelection {
  readonly isOn: boolean;
  readonly has: (id: string) => boolean;
  /** None, some or all of the rows there are. */
  readonly extent: 'none' | 'some' | 'all';
  readonly setAll: (isSelected: boolean) => void;
  /** Turns one row; with `isRange` all from the row turned last become as this one. */
  readonly toggle: (index: number, isRange: boolean) => void;
  /** Chooses from one row to another, as Shift and an arrow do. */
  readonly extend: (from: number, to: number) => void;
}

const nobody: ReadonlySet<string> = new Set();

const extentOf = (ids: readonly string[], selected: ReadonlySet<string>): RowSelection['extent'] =>
  selected.size === 0 ? 'none' : ids.every((id) => selected.has(id)) ? 'all' : 'some';

/** Choosing rows by id; the set itself belongs to whoever shows the list. */
export function useRowSelection(
  ids: readonly string[],
  selected: ReadonlySet<string> = nobody,
  onSelect?: (selected: ReadonlySet<string>) => void,
): RowSelection {
  const anchor = useRef(0);
  const extent = useMemo(() => extentOf(ids, selected), [ids, selected]);
  const set = (from: number, to: number, isSelected: boolean) => {
    const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    const next = new Set(selected);
    range.forEach((id) => (isSelected ? next.add(id) : next.delete(id)));
    onSelect?.(next);
  };
  return {
    isOn: onSelect !== undefined,
    has: (id) => selected.has(id),
    extent,
    setAll: (isSelected) => set(0, ids.length - 1, isSelected),
    toggle: (index, isRange) => {
      const id = ids[index];
      if (id === undefined) return;
      set(isRange ? anchor.current : index, index, !selected.has(id));
      anchor.current = index;
    },
    extend: (from, to) => {
      set(from, to, true);
      anchor.current = to;
    },
  };
}
