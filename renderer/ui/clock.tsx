import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

const NowContext = createContext<Date | null>(null);

export interface ClockProps {
  /** Another clock, where a picture must not change with the day. */
  readonly read?: () => Date;
  readonly children: ReactNode;
}

const systemTime = (): Date => new Date();

/** The window's clock: one, for all that shows time. It moves every minute, so that "4 minutes ago" stays true. */
export function Clock({ read = systemTime, children }: ClockProps) {
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 60_000);
    return () => clearInterval(timer);
  }, [read]);
  return <NowContext value={now}>{children}</NowContext>;
}

/** The present moment, to the minute. */
export function useNow(): Date {
  const now = useContext(NowContext);
  const [own] = useState(systemTime);
  return now ?? own;
}
