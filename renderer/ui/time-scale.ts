import { toDate, type Instant } from '../i18n/dates.ts';

/** A stretch of time that several bars share. */
export interface TimeScale {
  readonly from: Date;
  readonly to: Date;
}

/** The whole calendar years that hold all of these instants. */
export function yearsAround(instants: readonly Instant[], now: Date): TimeScale {
  const years = [now, ...instants].map((instant) => toDate(instant).getFullYear());
  return { from: new Date(Math.min(...years), 0, 1), to: new Date(Math.max(...years) + 1, 0, 1) };
}

/** Where an instant lies, in percent of the scale and never outside it. */
export function placeOn(scale: TimeScale, instant: Instant): number {
  const [from, to] = [scale.from.getTime(), scale.to.getTime()];
  const share = (100 * (toDate(instant).getTime() - from)) / (to - from);
  return Math.max(0, Math.min(100, share));
}

/** The first of January of each year in the scale, its end included. */
export function yearStarts(scale: TimeScale): readonly Date[] {
  const first = scale.from.getFullYear();
  const count = scale.to.getFullYear() - first;
  return Array.from({ length: count + 1 }, (_, index) => new Date(first + index, 0, 1));
}
