import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from '../../ui/panel-list.module.css';

export interface TextDialogProps {
  readonly title: string;
  readonly line: string;
  readonly label: string;
  readonly act: string;
  readonly isWorking: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onSay: (text: string) => void;
}

/** The same least length as the contract has. */
const least = 3;

/** Asks for a few words, and does something with them. */
export function TextDialog({ title, line, label, act, isWorking, error, onClose, onSay }: TextDialogProps) {
  const [text, setText] = useState('');
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={isWorking}>
        {t('incidents.not-now')}
      </ActionButton>
      <ActionButton kind="filled" isWorking={isWorking} isDisabled={text.trim().length < least} onClick={() => onSay(text.trim())}>
        {act}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} line={line} actions={actions} width={540}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <TextArea label={label} value={text} onChange={setText} maxLength={4000} rows={4} />
      </div>
    </Dialog>
  );
}
