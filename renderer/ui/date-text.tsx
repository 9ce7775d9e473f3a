import {
  formatAgo,
  formatDay,
  formatDistance,
  formatExact,
  formatMonth,
  formatSeconds,
  formatShortDay,
  formatTime,
  toDate,
  type Instant,
} from '../i18n/dates.ts';
import { t } from '../i18n/translate.ts';
import { useNow } from './clock.tsx';

/**
 * `day`: 5 December. `short`: 5 Dec. `month`: March 2028. `distance`: in 12 days, under 60 days. `ago`: 4 minutes ago.
 * `time`: 09:21. `seconds`: 09:21:04. `moment`: the time today, else day and time.
 */
export type DateShape = 'day' | 'short' | 'month' | 'distance' | 'ago' | 'time' | 'seconds' | 'moment';

export interface DateTextProps {
  readonly of: Instant;
  readonly as?: DateShape;
}

const writers: Readonly<Record<DateShape, (of: Instant, now: Date) => string>> = {
  day: formatDay,
  short: formatShortDay,
  month: (of) => formatMonth(of),
  distance: formatDistance,
  ago: formatAgo,
  time: (of) => formatTime(of),
  seconds: (of) => formatSeconds(of),
  moment: (of, now) => (formatDay(of, now) === formatDay(now, now) ? formatTime(of) : `${formatShortDay(of, now)}, ${formatTime(of)}`),
};

/** A date as people say it, in local time; the exact instant, with UTC, in the tooltip. */
export function DateText({ of, as = 'day' }: DateTextProps) {
  const now = useNow();
  const utc = toDate(of).toISOString();
  return (
    <time dateTime={utc} title={t('dates.exact', { local: formatExact(of), utc })}>
      {writers[as](of, now)}
    </time>
  );
}
