import { useState } from 'react';
import type { JobItem, JobSummary } from '../../../main/contract/enrollment.ts';
import { t } from '../../i18n/translate.ts';
import { useNavigation } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { OverrideReason } from '../../ui/override-reason.tsx';
import styles from './form.module.css';

export interface OverrideDialogProps {
  readonly job: JobSummary;
  /** Those for whom a rule would be broken. */
  readonly people: readonly JobItem[];
  readonly onClose: () => void;
}

/** Issues, with a reason for the log, what the rules stopped: the same to those who did not get it. */
export function OverrideDialog({ job: { profile, algorithm }, people, onClose }: OverrideDialogProps) {
  const [reason, setReason] = useState('');
  const replace = useNavigation((navigation) => navigation.replace);
  const start = useCommand('enrollment.start');
  const issue = async () => {
    const order = { profile, algorithm, people: people.map(({ personId }) => personId), override: reason };
    const started = await start.run(order);
    if (started !== undefined) replace({ name: 'enrol', job: started.job });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={start.isRunning}>
        {t('override.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void issue()} isWorking={start.isRunning} isDisabled={reason.trim() === ''}>
        {t('override.issue', { count: people.length })}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={start.isRunning ? () => undefined : onClose}
      title={t('override.title')}
      line={t('override.line', { count: people.length })}
      actions={actions}
      width={560}
    >
      <div className={styles.fields}>
        {start.error !== undefined && <ErrorNotice error={start.error} />}
        <OverrideReason value={reason} onChange={setReason} />
      </div>
    </Dialog>
  );
}
