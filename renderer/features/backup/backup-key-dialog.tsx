import { useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { BackupKey } from './backup-key.tsx';
import styles from '../../ui/panel-list.module.css';

export interface BackupKeyDialogProps {
  /** There was none: a backup follows. */
  readonly isFirst: boolean;
  readonly onClose: () => void;
  /** The key is made and somebody said that its sheet is put away. */
  readonly onKept: () => void;
}

/** Makes a backup key, and shows it once. */
export function BackupKeyDialog({ isFirst, onClose, onKept }: BackupKeyDialogProps) {
  const [key, setKey] = useState<Secret>();
  const command = useCommand('backup.makeKey');
  const make = async () => setKey((await command.run({}))?.key);
  if (key !== undefined)
    return (
      <KeyStep
        secret={key}
        next={t(isFirst ? 'backup-key.next' : 'backup-key.done')}
        onKept={() => {
          onClose();
          onKept();
        }}
      />
    );
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus isDisabled={command.isRunning}>
        {t('backup.not-now')}
      </ActionButton>
      <ActionButton kind="filled" isWorking={command.isRunning} onClick={() => void make()}>
        {t(isFirst ? 'backup-key.make-act' : 'backup-key.replace-act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(isFirst ? 'backup-key.make' : 'backup-key.replace')}
      line={t(isFirst ? 'backup-key.make-line' : 'backup-key.replace-line')}
      actions={actions}
      width={560}
    >
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <p>{t(isFirst ? 'backup-key.make-what' : 'backup-key.replace-old')}</p>
        <p>{t(isFirst ? 'backup-key.make-next' : 'backup-key.replace-next')}</p>
      </div>
    </Dialog>
  );
}

/** Stays until somebody says that the sheet is put away; the key is wiped then. */
function KeyStep({ secret, next, onKept }: { readonly secret: Secret; readonly next: string; readonly onKept: () => void }) {
  const [isPutAway, setPutAway] = useState(false);
  const close = () => {
    if (!isPutAway) return;
    secret.wipe();
    onKept();
  };
  const done = (
    <ActionButton kind="filled" isDisabled={!isPutAway} onClick={close}>
      {next}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={() => undefined} title={t('backup-key.title')} line={t('backup-key.line')} actions={done} width={600}>
      <BackupKey secret={secret} isPutAway={isPutAway} onPutAway={setPutAway} />
    </Dialog>
  );
}
