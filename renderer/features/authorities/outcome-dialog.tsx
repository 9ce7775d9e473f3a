import type { ReactNode } from 'react';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './authority-dialogs.module.css';

export interface OutcomeDialogProps {
  readonly title: ReactNode;
  /** How things stand now. */
  readonly done: ReactNode;
  /** What to do next. */
  readonly next: readonly string[];
  readonly onClose: () => void;
}

/** What was done, and what comes next. */
export function OutcomeDialog({ title, done, next, onClose }: OutcomeDialogProps) {
  const action = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('authority-act.done')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} actions={action} width={520}>
      <div className={styles.rows} role="status">
        <StatusText state="fine" isSentence>
          {done}
        </StatusText>
        {next.map((line) => (
          <p key={line} className={styles.next}>
            {line}
          </p>
        ))}
      </div>
    </Dialog>
  );
}
