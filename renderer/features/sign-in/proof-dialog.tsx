import type { ReactNode } from 'react';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import type { SigningIn } from './use-signing-in.ts';
import { waitWords } from './use-wait.ts';

interface ProofDialogProps {
  readonly line: string;
  readonly signing: SigningIn;
  readonly isRunning: boolean;
  readonly isUsable?: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  /** The field, and what is to be known of it. */
  readonly children: ReactNode;
}

/** The frame of asking once more who is there. */
export function ProofDialog({ line, signing, isRunning, isUsable = true, onClose, onSubmit, children }: ProofDialogProps) {
  const isWaiting = signing.secondsToWait > 0;
  const submit = () => {
    if (!isWaiting && isUsable && !isRunning) onSubmit();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('sign-in.prove-not')}</ActionButton>
      <ActionButton kind="filled" isWorking={isRunning} isDisabled={isWaiting || !isUsable} onClick={submit}>
        {isWaiting ? waitWords('wait', signing.secondsToWait) : t('sign-in.prove-act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('sign-in.prove')} line={line} actions={actions}>
      <Form onSubmit={submit}>
        {signing.error !== undefined && <ErrorNotice error={signing.error} />}
        {children}
        {isWaiting && (
          <StatusText state="waiting" isSentence>
            {waitWords('too-soon', signing.secondsToWait)}
          </StatusText>
        )}
        {/* Enter in a field submits only where a button of the form does. */}
        <button type="submit" hidden>
          {t('sign-in.prove-act')}
        </button>
      </Form>
    </Dialog>
  );
}
