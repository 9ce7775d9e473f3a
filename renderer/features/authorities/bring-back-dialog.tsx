import { useState } from 'react';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import type { AuthorityDialogProps } from './authority-act.ts';
import { KeyFileFields } from './key-file-fields.tsx';
import { OutcomeDialog } from './outcome-dialog.tsx';
import { useKeyFile } from './use-key-file.ts';
import styles from './authority-dialogs.module.css';

/** Seals the key of an authority that was offline into the vault again. */
export function BringBackDialog({ authority: { id, name }, onClose }: AuthorityDialogProps) {
  const command = useCommand('offline.bringBack');
  const keyFile = useKeyFile(command.clearError);
  const [isBack, setBack] = useState(false);
  const bring = async () => {
    const taken = keyFile.take();
    if (taken !== undefined && (await command.run({ authority: id, ...taken })) !== undefined) setBack(true);
  };
  const title = <Sentence of="bring-back.title" with={{ name: <PersonName name={name} /> }} />;
  if (isBack) return <OutcomeDialog title={title} done={t('bring-back.made')} next={[t('bring-back.next')]} onClose={onClose} />;
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void bring()} isDisabled={!keyFile.isComplete} isWorking={command.isRunning}>
        {t('bring-back.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('bring-back.line')} actions={actions} width={520}>
      <div className={styles.rows}>
        <KeyFileFields keyFile={keyFile} name={name} error={command.error} />
      </div>
    </Dialog>
  );
}
