import type { JobSummary } from '../../../main/contract/enrollment.ts';
import { formatAgo } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { useGo } from '../../state/navigation.ts';
import { useNow } from '../../ui/clock.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { BringStaff } from './bring-staff.tsx';
import { EnrolSteps } from './enrol-steps.tsx';
import { SteeredNotice } from './steered-notice.tsx';
import { stateOfJob } from './job-words.ts';
import styles from './choose-step.module.css';

const shownJobs = 3;

/** The beginning: bring a list or one person; earlier enrolments are still there for handing over. */
export function ChooseStep({ jobs }: { readonly jobs: readonly JobSummary[] }) {
  return (
    <Page header={<PageHeader title={t('enrol.title')} line={t('enrol.line')} />} tools={<EnrolSteps current="choose" />}>
      <SteeredNotice />
      <BringStaff />
      {jobs.length > 0 && (
        <Panel title={t('enrol.earlier')}>
          <ul className={styles.jobs}>
            {jobs.slice(0, shownJobs).map((job) => (
              <EarlierJob key={job.id} job={job} />
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  );
}

function EarlierJob({ job }: { readonly job: JobSummary }) {
  const go = useGo();
  const when = formatAgo(job.createdAt, useNow());
  return (
    <li className={styles.job}>
      <StatusText state={stateOfJob(job)}>{t(`enrol.state.${job.state}`)}</StatusText>
      <span className={styles.words}>{t('enrol.earlier-line', { count: job.total, done: job.done + job.skipped, when })}</span>
      <LinkButton label={t('enrol.open-label', { when })} onClick={() => go({ name: 'enrol', job: job.id })}>
        {t('enrol.open')}
      </LinkButton>
    </li>
  );
}
