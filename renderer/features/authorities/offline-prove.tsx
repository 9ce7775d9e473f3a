import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyFileFields } from './key-file-fields.tsx';
import type { OfflineStageProps } from './offline-password.tsx';
import { OfflineSteps } from './offline-steps.tsx';
import { useKeyFile } from './use-key-file.ts';
import styles from './authority-dialogs.module.css';

export interface ProveKeyFileProps extends OfflineStageProps {
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** The vault lets go of the key only once its file was read back and opens. */
export function ProveKeyFile({ authority: { id, name }, title, onClose, onBack, onDone }: ProveKeyFileProps) {
  const command = useCommand('offline.takeOffline');
  const keyFile = useKeyFile(command.clearError);
  const letGo = async () => {
    const taken = keyFile.take();
    if (taken !== undefined && (await command.run({ authority: id, ...taken })) !== undefined) onDone();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning}>
        {t('take-offline.stop')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void letGo()} isDisabled={!keyFile.isComplete} isWorking={command.isRunning}>
        {t('take-offline.act')}
      </ActionButton>
    </>
  );
  const back = (
    <ActionButton kind="quiet" onClick={onBack} isDisabled={command.isRunning}>
      {t('take-offline.back')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('take-offline.prove-line')} aside={back} actions={actions} width={600}>
      <div className={styles.rows}>
        <OfflineSteps current={2} />
        <KeyFileFields keyFile={keyFile} name={name} error={command.error} />
      </div>
    </Dialog>
  );
}
