import { useRef, useState } from 'react';
import type { BackupRestored } from '../../../main/contract/backup.ts';
import { Secret } from '../../../main/contract/client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { DoorForm } from '../../shell/door-form.tsx';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { SecretFieldHandle } from '../../ui/secret-field.tsx';
import { BackupFields, isSlip } from './backup-fields.tsx';
import styles from '../../ui/panel-list.module.css';

export interface RestoreStepProps {
  readonly onBack: () => void;
  /** The practice is back: somebody may sign in. */
  readonly onFinished: () => void;
}

/** Brings a practice back where none is. */
export function RestoreStep({ onBack, onFinished }: RestoreStepProps) {
  const [path, setPath] = useState<string>();
  const [isFilled, setFilled] = useState(false);
  const [unlocated, setUnlocated] = useState<unknown>();
  const [restored, setRestored] = useState<BackupRestored>();
  const key = useRef<SecretFieldHandle>(null);
  const command = useCommand('backup.restore');
  const submit = async () => {
    if (path === undefined || key.current === null || key.current.isEmpty()) return;
    setRestored(await command.run({ path, key: new Secret(key.current.take()) }));
  };
  if (restored !== undefined) return <Restored restored={restored} onFinished={onFinished} />;
  const error = command.error ?? unlocated;
  const actions = (
    <>
      <ActionButton kind="filled" size="door" submits isWorking={command.isRunning} isDisabled={path === undefined || !isFilled}>
        {t('restore.act')}
      </ActionButton>
      <LinkButton onClick={onBack}>{t('restore.back')}</LinkButton>
    </>
  );
  return (
    <DoorForm title={t('restore.title')} line={t('restore.line')} takesFocus actions={actions} onSubmit={() => void submit()}>
      {error !== undefined && !isSlip(error) && <ErrorNotice error={error} />}
      <BackupFields
        path={path}
        onPath={setPath}
        keyField={key}
        onFilled={setFilled}
        size="door"
        onError={setUnlocated}
        refused={command.error}
      />
    </DoorForm>
  );
}

function Restored({ restored, onFinished }: { readonly restored: BackupRestored; readonly onFinished: () => void }) {
  const { practice, created, stoppedJobs } = restored;
  return (
    <DoorForm
      title={<Sentence of="restore.done" with={{ practice: <bdi>{practice}</bdi> }} />}
      line={<Sentence of="restore.done-line" with={{ date: <DateText of={created} as="ago" /> }} />}
      takesFocus
      onSubmit={onFinished}
      actions={
        <ActionButton kind="filled" size="door" goesOn submits>
          {t('restore.sign-in')}
        </ActionButton>
      }
    >
      <Notice state="soon" title={t('restore.after')}>
        <div className={styles.rows}>
          <p>{t('restore.after-revoke')}</p>
          <p>{t('restore.after-issue')}</p>
          {stoppedJobs > 0 && <p>{t('restore.after-jobs', { count: stoppedJobs })}</p>}
          <p>{t('restore.after-backup')}</p>
        </div>
      </Notice>
    </DoorForm>
  );
}
