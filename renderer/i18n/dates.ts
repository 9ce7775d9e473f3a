import { formatLocale, language } from './locale.ts';

/** RFC 3339, as everything from the core, or a moment of this window. */
export type Instant = string | Date;

/** How dates are written; all of it may be left to the computer. */
export interface DateFormatting {
  readonly locale?: string;
  readonly timeZone?: string;
}

const dayMilliseconds = 86_400_000;
/** Below this a distance says more than a date. */
const nearDays = 60;

export const toDate = (instant: Instant): Date => (typeof instant === 'string' ? new Date(instant) : instant);

/** Making a formatter costs a hundred times what using it does, and a list uses the same few. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(key, formatter);
  return formatter;
}

function format(instant: Instant, options: Intl.DateTimeFormatOptions, formatting: DateFormatting): string {
  const zone = formatting.timeZone === undefined ? {} : { timeZone: formatting.timeZone };
  return formatterFor(formatting.locale ?? formatLocale(), { ...options, ...zone }).format(toDate(instant));
}

/** Midnight UTC of the local calendar day, so that differences are whole days whatever the clocks did. */
function calendarDay(instant: Instant, timeZone?: string): number {
  const date = toDate(instant);
  if (timeZone === undefined) return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const day = format(date, { year: 'numeric', month: '2-digit', day: '2-digit' }, { locale: 'sv-SE', timeZone });
  return Date.parse(`${day}T00:00:00Z`);
}

/** Local calendar days from `now` to the instant: 0 today, 1 tomorrow, negative in the past. */
export function daysUntil(instant: Instant, now: Instant, formatting: DateFormatting = {}): number {
  return Math.round((calendarDay(instant, formatting.timeZone) - calendarDay(now, formatting.timeZone)) / dayMilliseconds);
}

function yearIfFar(instant: Instant, now: Instant, formatting: DateFormatting): Intl.DateTimeFormatOptions {
  const year = (value: Instant) => format(value, { year: 'numeric' }, { ...formatting, locale: 'en' });
  const isClear = year(instant) === year(now) || Math.abs(daysUntil(instant, now, formatting)) <= nearDays;
  return isClear ? {} : { year: 'numeric' };
}

/** "5 December", with the year where it would not be clear: "14 March 2028". */
export const formatDay = (instant: Instant, now: Instant, formatting: DateFormatting = {}): string =>
  format(instant, { day: 'numeric', month: 'long', ...yearIfFar(instant, now, formatting) }, formatting);

/** "5 Dec", with the year where it would not be clear. */
export const formatShortDay = (instant: Instant, now: Instant, formatting: DateFormatting = {}): string =>
  format(instant, { day: 'numeric', month: 'short', ...yearIfFar(instant, now, formatting) }, formatting);

/** "14 Mar 2028". */
export const formatShortDate = (instant: Instant, formatting: DateFormatting = {}): string =>
  format(instant, { day: 'numeric', month: 'short', year: 'numeric' }, formatting);

/** "14 March 2028". */
export const formatFullDay = (instant: Instant, formatting: DateFormatting = {}): string =>
  format(instant, { day: 'numeric', month: 'long', year: 'numeric' }, formatting);

/** "March 2028". */
export const formatMonth = (instant: Instant, formatting: DateFormatting = {}): string =>
  format(instant, { month: 'long', year: 'numeric' }, formatting);

/** "Monday 23 November", with the year where it would not be clear. */
export const formatWeekday = (instant: Instant, now: Instant, formatting: DateFormatting = {}): string =>
  format(instant, { weekday: 'long', day: 'numeric', month: 'long', ...yearIfFar(instant, now, formatting) }, formatting);

/** "09:21". */
export const formatTime = (instant: Instant, formatting: DateFormatting = {}): string =>
  format(instant, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, formatting);

/** "09:21:04". */
export const formatSeconds = (instant: Instant, formatting: DateFormatting = {}): string =>
  format(instant, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }, formatting);

/** To the second with its zone, for tooltips and records: "Mon 23 Nov 2026, 09:21:04 GMT+1". */
export const formatExact = (instant: Instant, formatting: DateFormatting = {}): string =>
  format(
    instant,
    {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    },
    formatting,
  );

/** "in 12 days", "tomorrow", "3 days ago" up to 60 days away; further, the day itself. */
export function formatDistance(instant: Instant, now: Instant, formatting: DateFormatting = {}): string {
  const days = daysUntil(instant, now, formatting);
  if (Math.abs(days) > nearDays) return formatDay(instant, now, formatting);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
}

/** "now", "4 minutes ago", "2 hours ago", then days as `formatDistance`. */
export function formatAgo(instant: Instant, now: Instant, formatting: DateFormatting = {}): string {
  const minutes = Math.round((toDate(instant).getTime() - toDate(now).getTime()) / 60_000);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  // The clock of a page may be up to a minute behind what has just happened.
  if (minutes === 1 || Math.abs(minutes) < 1) return relative.format(0, 'second');
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 24 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return formatDistance(instant, now, formatting);
}
