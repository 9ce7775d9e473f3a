import { IconPlayerPlay, IconSquare, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { JobItem, JobSummary } from '../../../main/contract/enrollment.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo, useNavigation } from '../../state/navigation.ts';
import { useMayOverride } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { OverrideDialog } from './override-dialog.tsx';

export interface JobHeaderProps {
  readonly job: JobSummary;
  readonly failures: readonly JobItem[];
}

/** What the job is, who began it, and the one thing to do with it. */
export function JobHeader({ job, failures }: JobHeaderProps) {
  return <PageHeader title={titleOf(job)} line={<JobLine job={job} />} actions={<JobActions job={job} failures={failures} />} />;
}

function titleOf({ state, total, done, skipped }: JobSummary): string {
  if (state === 'running') return t('issuing.title', { count: total });
  if (state === 'stopped') return t('issuing.title-stopped');
  if (state === 'cancelled') return t('issuing.title-cancelled');
  return t('issuing.title-done', { count: done + skipped });
}

const lines = {
  running: 'issuing.line',
  stopped: 'issuing.line-stopped',
  cancelled: 'issuing.line-cancelled',
  done: 'issuing.line-done',
} as const;

function JobLine({ job: { state, operator, createdAt, endedAt } }: { readonly job: JobSummary }) {
  const time = <DateText of={createdAt} as="moment" />;
  return <Sentence of={lines[state]} with={{ operator, time, end: <DateText of={endedAt ?? createdAt} as="moment" /> }} />;
}

function JobActions({ job, failures }: JobHeaderProps) {
  const [isStopping, setStopping] = useState(false);
  if (job.state === 'done' || job.state === 'cancelled') return <EndedActions job={job} failures={failures} />;
  return (
    <>
      <ActionButton icon={IconSquare} onClick={() => setStopping(true)}>
        {t('issuing.stop')}
      </ActionButton>
      {job.state === 'stopped' && <Resume job={job.id} />}
      {isStopping && <StopDialog job={job.id} onClose={() => setStopping(false)} />}
    </>
  );
}

function Resume({ job }: { readonly job: string }) {
  const { run, isRunning } = useCommand('enrollment.resume');
  return (
    <ActionButton kind="filled" icon={IconPlayerPlay} isWorking={isRunning} onClick={() => void run({ job })}>
      {t('issuing.resume')}
    </ActionButton>
  );
}

function EndedActions({ job, failures }: JobHeaderProps) {
  const go = useGo();
  const [isOverriding, setOverriding] = useState(false);
  const mayOverride = useMayOverride();
  const stopped = mayOverride ? failures.filter(({ error }) => error?.code === 'path.lint') : [];
  const replace = useNavigation((navigation) => navigation.replace);
  const start = useCommand('enrollment.start');
  const again = async () => {
    const { profile, algorithm } = job;
    const started = await start.run({ profile, algorithm, people: failures.map(({ personId }) => personId) });
    if (started !== undefined) replace({ name: 'enrol', job: started.job });
  };
  return (
    <>
      <ActionButton icon={IconUserPlus} onClick={() => go({ name: 'enrol' })}>
        {t('issuing.enrol-more')}
      </ActionButton>
      {stopped.length > 0 && <ActionButton onClick={() => setOverriding(true)}>{t('issuing.override')}</ActionButton>}
      {isOverriding && <OverrideDialog job={job} people={stopped} onClose={() => setOverriding(false)} />}
      {failures.length > 0 && (
        <ActionButton kind="filled" isWorking={start.isRunning} onClick={() => void again()}>
          {t('issuing.try-again', { count: failures.length })}
        </ActionButton>
      )}
    </>
  );
}

function StopDialog({ job, onClose }: { readonly job: string; readonly onClose: () => void }) {
  const cancel = useCommand('enrollment.cancel');
  const stop = async () => {
    if ((await cancel.run({ job })) !== undefined) onClose();
  };
  const actions = (
    <>
      <ActionButton onClick={() => void stop()} isWorking={cancel.isRunning}>
        {t('issuing.stop')}
      </ActionButton>
      <ActionButton kind="filled" onClick={onClose} takesFocus>
        {t('issuing.stop-go-on')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('issuing.stop-title')} line={t('issuing.stop-text')} actions={actions}>
      {cancel.error !== undefined && <ErrorNotice error={cancel.error} />}
    </Dialog>
  );
}
