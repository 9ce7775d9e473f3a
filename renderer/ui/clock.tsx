import { createContext, useContext, useEffect, useState } from 'react';

/** The window's clock, replaceable where a picture must not change with the day. */
export const ClockContext = createContext<() => Date>(() => new Date());

/** The present moment, renewed every minute so that "4 minutes ago" stays true. */
export function useNow(): Date {
  const clock = useContext(ClockContext);
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), 60_000);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}
