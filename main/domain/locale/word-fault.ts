import type { LogFault } from '../audit/log-fault.ts';
import { fill } from './fill.ts';

/** What the `verdict` section of a locale (`resources/locales/<language>/audit.json`) says of a log that does not hold. */
export type FaultLocale = Readonly<Record<'broken' | 'broken-total' | 'remedy' | `fault.${LogFault['kind']}`, string>>;

/** What a person reads about a log that does not hold: from where on, what happened there, what to do. */
export function wordFault(fault: LogFault, locale: FaultLocale): string {
  const what = fill(locale[`fault.${fault.kind}`], { ...fault });
  const index = firstEntry(fault);
  const where = index === undefined ? fill(locale['broken-total'], { what }) : `${fill(locale.broken, { index })} ${what}`;
  return `${where}\n${locale.remedy}`;
}

/** The first entry that is wrong, where a fault names one. */
export function firstEntry(fault: LogFault): number | undefined {
  if ('index' in fault) return fault.index;
  return 'from' in fault ? fault.from : undefined;
}
