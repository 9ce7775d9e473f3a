import type { PersonSummary } from '../../../main/contract/people.ts';
import { formatDistance, formatMonth, type Instant } from '../../i18n/dates.ts';
import type { MessageKey, Values } from '../../i18n/translate.ts';
import { standingAt } from '../../ui/standing.ts';
import type { State } from '../../ui/status.ts';

/** How a person stands: shape, sentence and what stands in it. */
export interface Standing {
  readonly state: State;
  readonly words: MessageKey;
  readonly values: Values;
}

type Considered = Pick<PersonSummary, 'status' | 'standing' | 'endsAt'>;

/** Says how things stand with a person at a moment, from what the core knows and the clock. */
export function standingOf({ status, standing, endsAt }: Considered, now: Instant): Standing {
  if (status === 'left') return { state: 'kept', words: 'standing.left', values: {} };
  if (standing === 'stopped') return { state: 'stopped', words: 'standing.stopped', values: {} };
  if (standing === 'held') return { state: 'held', words: 'standing.held', values: {} };
  if (endsAt === null) return { state: 'waiting', words: 'standing.none', values: {} };
  if (standing === 'none') return { state: 'waiting', words: 'standing.partly', values: {} };
  return coveredUntil(endsAt, now);
}

function coveredUntil(endsAt: string, now: Instant): Standing {
  const state = standingAt(endsAt, now);
  const when = formatDistance(endsAt, now);
  if (state === 'fine') return { state, words: 'standing.fine', values: { month: formatMonth(endsAt) } };
  return { state, words: state === 'soon' ? 'standing.soon' : 'standing.ended', values: { when } };
}

/** Whether new certificates would replace those in use; else a pair is issued. */
export const canRenew = ({ status, standing }: Considered): boolean => status === 'active' && standing === 'covered';

/** Whether a pair is to be issued: nothing, too little, or nothing good is in use. */
export const canIssue = ({ status, standing }: Considered): boolean => status === 'active' && standing !== 'covered' && standing !== 'held';
