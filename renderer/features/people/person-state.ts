import type { PersonDetails } from '../../../main/contract/people.ts';
import { formatDay, formatDistance, type Instant } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { standingAt } from '../../ui/standing.ts';
import type { State } from '../../ui/status.ts';

/** The one thing a person's page has to say. */
export interface PersonState {
  readonly state: State;
  readonly title: string;
  /** The next step; none where all is fine. */
  readonly text?: string;
  /** What the page's filled button does. */
  readonly next: 'issue' | 'renew' | 'hand-over' | 'nothing';
}

/** Says how it stands with a person and what to do next. */
export function personState(person: PersonDetails, now: Instant): PersonState {
  if (person.status === 'left') {
    const title = t('person.left-title', { day: formatDay(person.leftAt ?? person.createdAt, now) });
    return { state: 'kept', title, text: t('person.left-text'), next: 'nothing' };
  }
  if (person.standing === 'stopped') return told('stopped', 'stopped', 'issue');
  if (person.standing === 'held') return told('held', 'held', 'nothing');
  if (person.endsAt === null) return told('waiting', 'none', 'issue');
  if (person.standing === 'none') return told('waiting', 'partly', 'issue');
  return inUse(person, person.endsAt, now);
}

const told = (state: State, words: 'stopped' | 'held' | 'none' | 'partly', next: PersonState['next']): PersonState => ({
  state,
  title: t(`person.${words}-title`),
  text: t(`person.${words}-text`),
  next,
});

function inUse(person: PersonDetails, endsAt: string, now: Instant): PersonState {
  const state = standingAt(endsAt, now);
  const day = formatDay(endsAt, now);
  if (state === 'fine') return { state, title: t('person.fine', { day }), next: 'hand-over' };
  const { what, isBoth } = endingFirst(person, endsAt, now);
  const values = { what, when: formatDistance(endsAt, now), day };
  if (state === 'stopped') return { state, title: t('person.ended-title', values), text: t('person.ended-text'), next: 'renew' };
  return isBoth
    ? { state, title: t('person.soon-both-title', values), text: t('person.soon-both-text'), next: 'renew' }
    : { state, title: t('person.soon-title', values), text: t('person.soon-text'), next: 'renew' };
}

/** Which of the certificates in use the sentence is about: the one that ends first, or both when they end together. */
function endingFirst({ certificates }: PersonDetails, endsAt: string, now: Instant) {
  const ending = certificates.filter(({ isCurrent, revokedAt }) => isCurrent && revokedAt === null);
  const together = ending.filter(({ notAfter }) => formatDay(notAfter, now) === formatDay(endsAt, now));
  const purpose = together[0]?.purpose;
  const isBoth = together.length > 1;
  const isMail = purpose !== undefined && purpose !== 'authority' && purpose !== 'revocation';
  const what = isBoth || !isMail ? t('person.what.both') : t(`person.what.${purpose}`);
  return { what, isBoth };
}
