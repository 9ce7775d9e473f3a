import { useEffect, useRef } from 'react';
import type { JobItem, JobSummary } from '../../../main/contract/enrollment.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { useNavigation } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EnrolSteps } from './enrol-steps.tsx';
import { JobItems } from './job-items.tsx';
import { JobHeader } from './job-header.tsx';
import { JobProgress } from './job-progress.tsx';
import { LeftOutNotice } from './left-out-notice.tsx';
import { tenthsOf } from './job-words.ts';
import { useEndedItems, useItemsAround, useJob } from './use-job.ts';

/** A job while it runs, and after it: those who need somebody on top, the others to hand over to. */
export function IssueStep({ job }: { readonly job: string }) {
  const back = useNavigation((navigation) => navigation.back);
  const { data, error, reload } = useJob(job);
  if (data?.id === job) return <Job job={data} failures={data.items} error={error} />;
  const toEnrol = { label: t('enrol.title'), onClick: () => back({ name: 'enrol' }) };
  return (
    <Page header={<PageHeader title={t('enrol.title')} back={toEnrol} />}>
      {error !== undefined && (
        <ErrorNotice error={error} action={<ActionButton onClick={() => void reload()}>{t('window.try-again')}</ActionButton>} />
      )}
    </Page>
  );
}

interface JobProps {
  readonly job: JobSummary;
  readonly failures: readonly JobItem[];
  readonly error: unknown;
}

function Job({ job, failures, error }: JobProps) {
  const isEnded = job.state === 'done' || job.state === 'cancelled';
  useProgressAnnouncements(job);
  return (
    <Page
      isFull
      header={<JobHeader job={job} failures={failures} />}
      tools={
        <>
          <EnrolSteps current={isEnded ? 'hand-over' : 'issue'} />
          <LeftOutNotice job={job.id} />
          <JobProgress job={job} error={error} />
        </>
      }
    >
      {isEnded ? <EndedItems job={job} failures={failures} /> : <RunningItems job={job} failures={failures} />}
    </Page>
  );
}

interface ItemsProps {
  readonly job: JobSummary;
  readonly failures: readonly JobItem[];
}

function RunningItems({ job, failures }: ItemsProps) {
  return <JobItems job={job} items={[...failures, ...useItemsAround(job)]} />;
}

function EndedItems({ job, failures }: ItemsProps) {
  const { items, loadMore } = useEndedItems(job.id);
  return <JobItems job={job} items={[...failures, ...items]} onNearEnd={loadMore} />;
}

/** Says each tenth, and the end. */
function useProgressAnnouncements(job: JobSummary): void {
  const announce = useAnnounce();
  const tenths = tenthsOf(job);
  const said = useRef({ tenths, state: job.state });
  const { state, done, total } = job;
  useEffect(() => {
    const before = said.current;
    if (before.tenths === tenths && before.state === state) return;
    said.current = { tenths, state };
    announce(state === 'done' ? t('issuing.announce-done', { count: done }) : t('issuing.announce', { done, total }));
  }, [announce, tenths, state, done, total]);
}
