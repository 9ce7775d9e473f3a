import { daysUntil, type Instant } from '../i18n/dates.ts';

/** Below this an end is near: amber. */
const nearDays = 30;

/** How something stands that ends at an instant: fine, soon within 30 days, stopped when it is over. */
export function standingAt(until: Instant, now: Instant): 'fine' | 'soon' | 'stopped' {
  if (new Date(until) <= new Date(now)) return 'stopped';
  return daysUntil(until, now) < nearDays ? 'soon' : 'fine';
}
