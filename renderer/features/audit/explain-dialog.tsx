import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from './save-log-dialog.module.css';

export interface ExplainDialogProps {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Why the log is not the one that was counted, in somebody's own words, for the log. */
export function ExplainDialog({ onClose, onDone }: ExplainDialogProps) {
  const command = useCommand('audit.explainRollback');
  const [explanation, setExplanation] = useState('');
  const explain = async () => {
    if ((await command.run({ explanation: explanation.trim() })) !== undefined) onDone();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning}>
        {t('save-log.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void explain()} isWorking={command.isRunning} isDisabled={explanation.trim().length < 3}>
        {t('rollback.enter')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('rollback.explain-title')} line={t('rollback.explain-line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <TextArea
          label={t('rollback.what-happened')}
          hint={t('rollback.what-happened-hint')}
          value={explanation}
          onChange={setExplanation}
          maxLength={1000}
          rows={3}
        />
      </div>
    </Dialog>
  );
}
