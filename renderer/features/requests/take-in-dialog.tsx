import { useState, type ReactNode } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { AnswerFiles, filesOf, type Answer } from './answer-files.tsx';
import styles from './request-dialog.module.css';

export interface TakeInDialogProps {
  readonly title: string;
  /** The call that takes the files in: whether it runs, what it was refused with. */
  readonly command: { readonly isRunning: boolean; readonly error: unknown; readonly clearError: () => void };
  readonly onTakeIn: (files: FileContent[]) => void;
  readonly onClose: () => void;
  /** More to choose. */
  readonly children?: ReactNode;
}

/** Asks for what an authority sent back. */
export function TakeInDialog({ title, command, onTakeIn, onClose, children }: TakeInDialogProps) {
  const [answer, setAnswer] = useState<Answer>({});
  const take = (taken: Answer) => {
    command.clearError();
    setAnswer({ ...answer, ...taken });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
        {t('request.not-now')}
      </ActionButton>
      <ActionButton
        kind="filled"
        onClick={() => onTakeIn([...filesOf(answer)])}
        isDisabled={answer.certificate === undefined}
        isWorking={command.isRunning}
      >
        {t('answer.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('answer.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <AnswerFiles answer={answer} onAnswer={take} />
        {children}
      </div>
    </Dialog>
  );
}
