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
/** The same where the list is carried here by hand. */
const timelyOffline = 14;

type Listed = Pick<AuthoritySummary, 'name' | 'latestList' | 'isListOwed' | 'keyStore'>;

/**
 * What is to be said of the lists of revoked certificates: run out, owed by a key that is offline, none yet, or about to run out; nothing
 * while all is well.
 */
export function listsNotice(authorities: readonly Listed[], now: Date): ListsNotice | undefined {
  const here = authorities.filter(({ keyStore }) => keyStore !== 'offline');
  const first = firstEnd(here);
  if (first !== undefined && new Date(first) <= now) return said('stopped', 'overdue', formatDistance(first, now));
  const owing = authorities.filter(({ isListOwed }) => isListOwed);
  if (owing.length > 0) return owed(owing, now);
  const without = here.filter(({ latestList }) => latestList === null);
  if (without.length > 0) return none(without, here.length);
  if (first !== undefined && daysUntil(first, now) <= timely) return said('soon', 'soon', formatDistance(first, now));
  return endsOffline(authorities, now);
}

const firstEnd = (authorities: readonly Listed[]): string | undefined =>
  authorities.flatMap(({ latestList }) => (latestList === null ? [] : [latestList.nextUpdate])).sort()[0];

const said = (state: State, key: 'overdue' | 'soon', when: string): ListsNotice => ({
  state,
  title: t(`authorities.notice.${key}`, { when }),
  text: t(`authorities.notice.${key}-text`),
});

const none = (without: readonly Listed[], all: number): ListsNotice => ({
  state: 'soon',
  title: without.length === all ? t('authorities.notice.none') : t('authorities.notice.none-of', { names: namesOf(without) }),
  text: t('authorities.notice.none-text'),
});

const namesOf = (authorities: readonly Listed[]): string => authorities.map(({ name }) => name).join(', ');

function owed(owing: readonly Listed[], now: Date): ListsNotice {
  const isOver = owing.some(({ latestList }) => latestList === null || new Date(latestList.nextUpdate) <= now);
  return {
    state: isOver ? 'stopped' : 'soon',
    title: t('authorities.notice.owed', { count: owing.length, names: namesOf(owing) }),
    text: t(owing.every(({ keyStore }) => keyStore === 'token') ? 'authorities.notice.owed-text-token' : 'authorities.notice.owed-text'),
  };
}

/** The list of a key that is offline is carried here, and that takes a walk: it is told of while there is time. */
function endsOffline(authorities: readonly Listed[], now: Date): ListsNotice | undefined {
  const ending = authorities.find(({ keyStore, latestList }) => {
    return keyStore === 'offline' && latestList !== null && daysUntil(latestList.nextUpdate, now) <= timelyOffline;
  });
  if (ending?.latestList === null || ending === undefined) return undefined;
  const when = formatDistance(ending.latestList.nextUpdate, now);
  return { state: 'soon', title: t('authorities.notice.offline', { name: ending.name, when }), text: t('authorities.notice.owed-text') };
}
