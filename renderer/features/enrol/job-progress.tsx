import type { JobSummary } from '../../../main/contract/enrollment.ts';
import { t } from '../../i18n/translate.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProgressSummary, type ProgressCount } from '../../ui/progress-summary.tsx';
import { passedOf, timeLeftWords } from './job-words.ts';
import styles from './issue-step.module.css';

export interface JobProgressProps {
  readonly job: JobSummary;
  readonly error: unknown;
}

/** Count, time left, bar, and what made it stop. */
export function JobProgress({ job, error }: JobProgressProps) {
  const { stoppedBy, done, skipped, failed, total } = job;
  return (
    <div className={styles.progress}>
      {error !== undefined && <ErrorNotice error={error} />}
      {stoppedBy !== null && (
        <Notice state="stopped" title={stoppedBy.message} live="assertive">
          {stoppedBy.hint}
        </Notice>
      )}
      <Panel>
        <ProgressSummary
          label={t('issuing.progress')}
          total={total}
          done={done + skipped}
          needsYou={failed}
          working={job.state === 'running' ? Math.min(batch, total - passedOf(job)) : 0}
          line={lineOf(job)}
          counts={countsOf(job)}
        />
      </Panel>
    </div>
  );
}

/** How many people are served at a time, at least. */
const batch = 4;

function lineOf(job: JobSummary): string {
  const needs = job.failed === 0 ? [] : [t('issuing.needs', { count: job.failed })];
  return [...(job.state === 'running' ? [timeLeftWords(job.secondsLeft)] : []), ...needs].join(' ');
}

function countsOf(job: JobSummary): readonly ProgressCount[] {
  const toCome = job.total - passedOf(job);
  const counts: readonly ProgressCount[] = [
    { state: 'fine', count: job.done, words: t('issuing.label.done') },
    { state: 'stopped', count: job.failed, words: t('issuing.label.failed', { count: job.failed }) },
    { state: 'kept', count: job.skipped, words: t('issuing.label.skipped', { count: job.skipped }) },
    { state: 'waiting', count: toCome, words: t(job.state === 'cancelled' ? 'issuing.label.left' : 'issuing.label.to-come') },
  ];
  return counts.filter(({ state, count }) => state === 'fine' || count > 0);
}
