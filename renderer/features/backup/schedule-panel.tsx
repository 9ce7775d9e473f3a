import type { BackupStatus } from '../../../main/contract/backup.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { errorWords } from '../audit/entry-words.ts';
import lines from '../../ui/panel-list.module.css';
import styles from './backup.module.css';

export interface SchedulePanelProps {
  readonly status: BackupStatus;
  readonly onChange: () => void;
}

/** What is backed up by itself, and whether that works. */
export function SchedulePanel({ status: { key, schedule, failure }, onChange }: SchedulePanelProps) {
  const change = key !== null && (
    <Permitted call="backup.schedule">
      <LinkButton onClick={onChange}>{t(schedule === null ? 'backup-schedule.set-up' : 'backup-schedule.change')}</LinkButton>
    </Permitted>
  );
  return (
    <Panel title={t('backup-schedule.title')} action={change}>
      {schedule === null ? (
        <>
          <p>{t('backup-schedule.none')}</p>
          {key === null && <p className={lines.more}>{t('backup-schedule.first')}</p>}
        </>
      ) : (
        <>
          <p>{t('backup-schedule.every', { count: schedule.days, keep: schedule.keep })}</p>
          <p className={lines.more}>
            <bdi className={styles.path}>{schedule.folder}</bdi>
          </p>
          <p className={lines.more}>{t('backup-schedule.when')}</p>
        </>
      )}
      {failure !== null && <Failure error={failure.error} />}
    </Panel>
  );
}

function Failure({ error }: { readonly error: string }) {
  return (
    <div className={lines.act}>
      <StatusText state="stopped" isSentence>
        <strong>{t('backup-schedule.failed')}</strong> {errorWords(error)}
      </StatusText>
      <p className={lines.more}>{t('backup-schedule.failed-next')}</p>
    </div>
  );
}
