import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { daysUntil, type Instant } from '../i18n/dates.ts';

/** One line of a log. */
export interface LogEntry {
  readonly id: string;
  readonly time: Instant;
  readonly icon: Icon;
  /** Brick for what was stopped, amber for what was refused. */
  readonly tone?: 'stop' | 'warn';
  /** What was done, in a sentence. */
  readonly title: ReactNode;
  readonly who: ReactNode;
  /** Its number in the log. */
  readonly number: string;
}

/** A row of the list: a day, or an entry of it. */
export type LogRow = { readonly day: Instant } | { readonly entry: LogEntry };

/** The entries with a row before each new local day. */
export function withDays(entries: readonly LogEntry[]): readonly LogRow[] {
  return entries.flatMap((entry, index): LogRow[] => {
    const before = entries[index - 1];
    const isSameDay = before !== undefined && daysUntil(entry.time, before.time) === 0;
    return isSameDay ? [{ entry }] : [{ day: entry.time }, { entry }];
  });
}

/** The entry at a row or the next one in the given direction; the row itself where there is none. */
export function entryFrom(rows: readonly LogRow[], index: number, step: 1 | -1): number {
  for (let at = index; at >= 0 && at < rows.length; at += step) if ('entry' in (rows[at] ?? {})) return at;
  return step === -1 ? entryFrom(rows, index, 1) : index;
}
