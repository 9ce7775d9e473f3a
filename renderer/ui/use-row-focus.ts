import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';

/** How many rows before the end more are asked for. */
const nearEnd = 30;

export interface Rows {
  readonly count: number;
  readonly heightOf: (index: number) => number;
  /** A new function whenever the rows are others: heights are measured again then. */
  readonly keyOf: (index: number) => string;
  readonly onNearEnd?: (() => void) | undefined;
}

/** Shows only the rows in sight and keeps one row as the place for Tab, also when it is out of sight. */
export function useRowFocus({ count, heightOf, keyOf, onNearEnd }: Rows) {
  const scroller = useRef<HTMLDivElement>(null);
  const [wanted, setActive] = useState(0);
  const active = Math.max(0, Math.min(wanted, count - 1));
  // What it returns is used while drawing and never memoised, which is what this rule guards.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan: 8,
    rangeExtractor: useCallback((range: Range) => withActive(defaultRangeExtractor(range), active, range.count), [active]),
    initialRect: { width: 1056, height: 600 },
    useFlushSync: false,
  });
  // A row far away exists only after it has been scrolled to: the focus follows when it does.
  const [awaited, setAwaited] = useState<number | null>(null);
  const focusRow = (index: number) => {
    setActive(index);
    setAwaited(index);
    virtual.scrollToIndex(index);
  };
  useEffect(() => {
    if (awaited === null) return;
    scroller.current?.querySelector<HTMLElement>(`[data-index="${awaited}"]`)?.focus({ preventScroll: true });
    setAwaited(null);
  }, [awaited]);
  const last = virtual.range?.endIndex ?? 0;
  const askForMore = useEffectEvent(() => onNearEnd?.());
  useEffect(() => {
    if (count > 0 && last >= count - nearEnd) askForMore();
  }, [count, last]);
  return { scroller, virtual, active, setActive, focusRow };
}

/** The rows in sight and the active one: a row that has the focus must not leave the page. */
function withActive(indexes: number[], active: number, count: number): number[] {
  if (active >= count || indexes.includes(active)) return indexes;
  return [...indexes, active].toSorted((a, b) => a - b);
}
