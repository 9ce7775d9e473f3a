import { useState } from 'react';

/** The value first seen with a key, the same object for as long as the key stays: what is equal is then identical. */
export function useHeld<Value>(key: string, value: Value): Value {
  const [held, setHeld] = useState({ key, value });
  if (held.key === key) return held.value;
  setHeld({ key, value });
  return value;
}
