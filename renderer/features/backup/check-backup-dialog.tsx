import { useRef, useState } from 'react';
import type { BackupVerdict } from '../../../main/contract/backup.ts';
import { Secret } from '../../../main/contract/client.ts';
import { formatNumber, t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { SecretFieldHandle } from '../../ui/secret-field.tsx';
import { BackupFields, isSlip } from './backup-fields.tsx';
import { verdictWords } from './verdict-words.ts';
import styles from '../../ui/panel-list.module.css';

export interface CheckBackupDialogProps {
  /** Left out: it is asked for. */
  readonly path: string | undefined;
  readonly onClose: () => void;
}

/** Whether a backup opens, is whole and is of this log. */
export function CheckBackupDialog({ path: given, onClose }: CheckBackupDialogProps) {
  const [path, setPath] = useState(given);
  const [isFilled, setFilled] = useState(false);
  const [unlocated, setUnlocated] = useState<unknown>();
  const [verdict, setVerdict] = useState<BackupVerdict>();
  const key = useRef<SecretFieldHandle>(null);
  const command = useCommand('backup.verify');
  const check = async () => {
    if (path === undefined || key.current === null) return;
    setVerdict(await command.run({ path, key: new Secret(key.current.take()) }));
  };
  if (verdict !== undefined) return <Verdict verdict={verdict} onClose={onClose} />;
  const error = command.error ?? unlocated;
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
        {t('backup.not-now')}
      </ActionButton>
      <ActionButton kind="filled" isDisabled={path === undefined || !isFilled} isWorking={command.isRunning} onClick={() => void check()}>
        {t('backup-check.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('backup-check.title')} line={t('backup-check.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {error !== undefined && !isSlip(error) && <ErrorNotice error={error} />}
        <BackupFields path={path} onPath={setPath} keyField={key} onFilled={setFilled} onError={setUnlocated} refused={command.error} />
      </div>
    </Dialog>
  );
}

function Verdict({ verdict, onClose }: { readonly verdict: BackupVerdict; readonly onClose: () => void }) {
  const { state, title, why } = verdictWords(verdict);
  const rows = [
    { term: t('backup-check.practice'), value: <bdi>{verdict.practice}</bdi> },
    { term: t('backup-check.created'), value: <DateText of={verdict.created} as="moment" /> },
    { term: t('backup-check.entries'), value: formatNumber(verdict.entries) },
  ];
  const close = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('backup.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('backup-check.title')} actions={close} width={560}>
      <div className={styles.rows}>
        <Notice state={state} title={title} live="polite">
          {why}
        </Notice>
        <Facts rows={rows} />
      </div>
    </Dialog>
  );
}
