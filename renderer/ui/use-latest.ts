import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The newest value, for handlers that stay the same so that what they are given to need not be drawn again. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
