import type { JobSummary } from '../../../main/contract/enrollment.ts';
import { t } from '../../i18n/translate.ts';
import type { State } from '../../ui/status.ts';

const states: Readonly<Record<JobSummary['state'], State>> = { running: 'working', stopped: 'held', cancelled: 'ended', done: 'fine' };

/** The shape of a job: one that ended with people who need somebody is not fine. */
export const stateOfJob = ({ state, failed }: Pick<JobSummary, 'state' | 'failed'>): State =>
  state === 'done' && failed > 0 ? 'stopped' : states[state];

const minute = 60;
const hour = 3600;

/** "About 2 minutes left." */
export function timeLeftWords(secondsLeft: number | null): string {
  if (secondsLeft === null) return t('issuing.estimating');
  if (secondsLeft >= 2 * hour) return t('issuing.hours-left', { count: Math.round(secondsLeft / hour) });
  if (secondsLeft >= 90) return t('issuing.minutes-left', { count: Math.round(secondsLeft / minute) });
  return t('issuing.seconds-left', { count: Math.max(1, Math.ceil(secondsLeft)) });
}

/** How many people of a job are through, whatever came of it. */
export const passedOf = ({ done, skipped, failed }: Pick<JobSummary, 'done' | 'skipped' | 'failed'>): number => done + skipped + failed;

/** Tenths of a job that are through: what is announced when it grows. */
export const tenthsOf = (job: Pick<JobSummary, 'done' | 'skipped' | 'failed' | 'total'>): number =>
  job.total === 0 ? 10 : Math.floor((10 * passedOf(job)) / job.total);
