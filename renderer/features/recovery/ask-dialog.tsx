import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from '../../ui/panel-list.module.css';

interface AskDialogProps {
  /** Somebody's keys; else that the escrow is shared anew. */
  readonly isForKeys: boolean;
  readonly onClose: () => void;
}

/** Asks for the escrow to be opened. Nothing is opened by it. */
export function AskDialog({ isForKeys, onClose }: AskDialogProps) {
  const [of, setOf] = useState('');
  const [recipient, setRecipient] = useState('');
  const [reason, setReason] = useState('');
  const [caseNumber, setCaseNumber] = useState('');
  const ask = useCommand('escrow.ask');
  const announce = useAnnounce();
  const isReady = reason.trim() !== '' && (!isForKeys || (of.trim() !== '' && recipient.trim() !== ''));
  const act = async () => {
    if ((await ask.run({ reason, caseNumber, ...(isForKeys ? { of, recipient } : {}) })) === undefined) return;
    announce(t('recovery-ask.asked'));
    onClose();
  };
  const words = isForKeys ? 'recovery-ask' : 'recovery-share';
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('recovery.not-now')}</ActionButton>
      <ActionButton kind="filled" isDisabled={!isReady} isWorking={ask.isRunning} onClick={() => void act()}>
        {t(`${words}.act`)}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t(`${words}.title`)} line={t(`${words}.line`)} actions={actions} width={540}>
      <div className={styles.rows}>
        {ask.error !== undefined && <ErrorNotice error={ask.error} />}
        {isForKeys && (
          <>
            <TextField label={t('recovery-ask.of')} hint={t('recovery-ask.of-hint')} value={of} onChange={setOf} isRequired takesFocus />
            <TextField label={t('recovery-ask.recipient')} value={recipient} onChange={setRecipient} maxLength={200} isRequired />
          </>
        )}
        <TextArea
          label={t('recovery-ask.reason')}
          hint={t('recovery-ask.reason-hint')}
          value={reason}
          onChange={setReason}
          maxLength={500}
        />
        {isForKeys && (
          <TextField
            label={t('recovery-ask.case')}
            hint={t('recovery-ask.case-hint')}
            value={caseNumber}
            onChange={setCaseNumber}
            maxLength={100}
          />
        )}
      </div>
    </Dialog>
  );
}
