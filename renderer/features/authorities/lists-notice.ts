import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { daysUntil, formatDistance } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import type { State } from '../../ui/status.ts';

export interface ListsNotice {
  readonly state: State;
  readonly title: string;
  readonly text: string;
}

/** Days before the end of a list that it is time for the next. */
const timely = 2;

/** What is to be said of the lists of revoked certificates: none yet, run out, or about to; nothing while all is well. */
export function listsNotice(authorities: readonly Pick<AuthoritySummary, 'latestList'>[], now: Date): ListsNotice | undefined {
  if (authorities.length === 0) return undefined;
  const ends = authorities.map(({ latestList }) => latestList?.nextUpdate ?? null);
  const dated = ends.filter((end) => end !== null).sort();
  const first = dated[0];
  if (first === undefined || dated.length < ends.length) return said('soon', 'none', '');
  const when = formatDistance(first, now);
  if (new Date(first) <= now) return said('stopped', 'overdue', when);
  return daysUntil(first, now) <= timely ? said('soon', 'soon', when) : undefined;
}

const said = (state: State, key: 'none' | 'overdue' | 'soon', when: string): ListsNotice => ({
  state,
  title: t(`authorities.notice.${key}`, { when }),
  text: t(`authorities.notice.${key}-text`),
});
