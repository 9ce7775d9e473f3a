/** So many within so many minutes. */
export interface Often {
  readonly count: number;
  readonly minutes: number;
}

/** When the practice works, by its own clock. */
export interface OfficeHours {
  /** 1 is Monday, 7 Sunday. */
  readonly days: readonly number[];
  /** `07:30`; the end is not within. */
  readonly from: string;
  readonly to: string;
  /** Of the IANA time zone database. */
  readonly zone: string;
}

/** What an administrator decides about watching and keeping the log. */
export interface WatchPolicy {
  readonly failedSignIns: Often;
  readonly bulkExports: Often;
  readonly bulkRevocations: Often;
  /** Without them no time is outside. */
  readonly officeHours: OfficeHours | null;
  /** Days in which somebody signs a recovery off. */
  readonly reviewDays: number;
  /** Years that entries stay in the log itself (45 CFR 164.316(b)(2)(i) asks for six). */
  readonly retentionYears: number;
}

/** Until an administrator says otherwise. Nobody has said when the practice works: guessed hours would only teach people to look away. */
export const defaultWatchPolicy: WatchPolicy = {
  failedSignIns: { count: 5, minutes: 15 },
  bulkExports: { count: 50, minutes: 60 },
  bulkRevocations: { count: 20, minutes: 60 },
  officeHours: null,
  reviewDays: 7,
  retentionYears: 6,
};

/** Whether an instant (RFC 3339) is outside these hours. */
export function isOutside(hours: OfficeHours | null, time: string): boolean {
  if (hours === null) return false;
  const { day, clock } = localTime(time, hours.zone);
  return !hours.days.includes(day) || clock < hours.from || clock >= hours.to;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function localTime(time: string, timeZone: string): { readonly day: number; readonly clock: string } {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const parts = new Map(format.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
  return { day: weekdays.indexOf(parts.get('weekday') ?? '') + 1, clock: `${parts.get('hour') ?? ''}:${parts.get('minute') ?? ''}` };
}

/** Whether a time zone is one that this computer knows. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
