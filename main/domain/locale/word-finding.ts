import type { Finding } from '../people/finding.ts';
import { fill } from './fill.ts';

/** The `findings` section of a locale (`resources/locales/<language>/staff-list.json`), with the repair's question. */
export interface FindingLocale {
  readonly findings: Readonly<Record<string, string>>;
  readonly didYouMean: string;
}

/** What a person reads about a row of a staff list: what is, then what to type if that is obvious. */
export function wordFinding(finding: Finding, locale: FindingLocale): string {
  const reason = finding.params['reason'];
  const key = reason === undefined ? finding.code : `${finding.code}.${reason}`;
  const sentence = fill(locale.findings[key] ?? finding.code, { ...finding.params, until: dateOf(finding.params['until']) });
  const asks = finding.repair === undefined || sentence.endsWith('?') ? '' : ` ${fill(locale.didYouMean, { repair: finding.repair })}`;
  return sentence + asks;
}

/** The day of an instant; the window writes it in the person's own way. */
const dateOf = (until: string | number | undefined): string => String(until ?? '').slice(0, 10);
