import { useEffect, useState } from 'react';
import { AppError } from '../../../main/domain/errors.ts';
import { t } from '../../i18n/translate.ts';

export interface Wait {
  /** Seconds until the next try may be made; 0 when it may be made now. */
  readonly seconds: number;
  readonly begin: (seconds: number) => void;
}

/** Counts down after too many wrong tries; `onOver` is called at its end. */
export function useWait(onOver: () => void): Wait {
  const [until, setUntil] = useState<number>();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (until === undefined) return undefined;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      setSeconds(left);
      if (left > 0) return;
      setUntil(undefined);
      onOver();
    }, 250);
    return () => clearInterval(timer);
  }, [until, onOver]);
  const begin = (wanted: number) => {
    setSeconds(wanted);
    setUntil(performance.now() + wanted * 1000);
  };
  return { seconds, begin };
}

/** How long it still takes, in words: seconds at the end, minutes before. */
export const waitWords = (key: 'too-soon' | 'wait', seconds: number): string =>
  seconds < 120 ? t(`sign-in.${key}`, { count: seconds }) : t(`sign-in.${key}-minutes`, { count: Math.ceil(seconds / 60) });

/** The seconds a refused try has to wait; 0 for any other error. */
export function secondsOf(error: unknown): number {
  if (!(error instanceof AppError) || error.code !== 'session.too-soon') return 0;
  const { seconds } = error.details;
  return typeof seconds === 'number' ? seconds : 1;
}

/** Whether the core refused because name and passphrase do not go together. */
export const isWrong = (error: unknown): boolean => error instanceof AppError && error.code === 'session.sign-in-failed';
