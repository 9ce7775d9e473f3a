import type { ReactNode } from 'react';
import { t } from '../../i18n/translate.ts';
import { DoneDialog } from '../../ui/done-dialog.tsx';
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
  return (
    <DoneDialog title={title} close={t('authority-act.done')} onClose={onClose}>
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
    </DoneDialog>
  );
}
