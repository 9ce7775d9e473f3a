import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { t } from '../../i18n/translate.ts';
import { DoorForm } from '../../shell/door-form.tsx';
import { useApi } from '../../state/api-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { codeFault } from './code-fault.ts';
import { useSigningIn } from './use-signing-in.ts';
import { waitWords } from './use-wait.ts';
import styles from './sign-in.module.css';

export interface CodeFormProps {
  readonly isCoreReady: boolean;
  readonly onBack: () => void;
  /** With the code that replaces a recovery code just used. */
  readonly onEntered: (recoveryCode: Secret | undefined) => void;
}

/** The second step of signing in, where a second factor is on. */
export function CodeForm({ isCoreReady, onBack, onEntered }: CodeFormProps) {
  const field = useRef<SecretFieldHandle>(null);
  const signing = useSigningIn(field);
  const [isMissing, setMissing] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const api = useApi();
  const submit = async () => {
    if (field.current === null || field.current.isEmpty()) return setMissing(true);
    setRunning(true);
    try {
      const entered = await api.client.session.confirm({ code: new Secret(field.current.take()) });
      signing.welcome(entered);
      return onEntered(entered.recoveryCode);
    } catch (error) {
      // The passphrase has waited too long for its code.
      return error instanceof AppError && error.code === 'session.locked' ? onBack() : signing.refused(error);
    } finally {
      setRunning(false);
    }
  };
  const fault = codeFault(signing.error, isMissing);
  const isWaiting = signing.secondsToWait > 0;
  const actions = (
    <>
      <ActionButton kind="filled" size="door" submits isWorking={isRunning} isDisabled={isWaiting || !isCoreReady}>
        {isWaiting ? waitWords('wait', signing.secondsToWait) : t('sign-in.unlock')}
      </ActionButton>
      <LinkButton onClick={onBack}>{t('sign-in.back')}</LinkButton>
    </>
  );
  return (
    <DoorForm level={1} title={t('sign-in.second')} line={t('sign-in.second-line')} actions={actions} onSubmit={() => void submit()}>
      {signing.error !== undefined && fault === undefined && <ErrorNotice error={signing.error} />}
      <SecretField
        ref={field}
        size="door"
        label={t('sign-in.second-code')}
        hint={t('sign-in.second-hint')}
        error={fault === undefined ? undefined : t(fault)}
        takesFocus
        onFilled={(isFilled) => {
          if (!isFilled) return;
          setMissing(false);
          if (fault !== undefined) signing.clear();
        }}
      />
      {isWaiting && (
        <StatusText state="waiting" isSentence>
          {waitWords('too-soon', signing.secondsToWait)}
        </StatusText>
      )}
      <p className={styles.small}>{t('sign-in.second-lost')}</p>
    </DoorForm>
  );
}
