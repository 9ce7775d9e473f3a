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
import { NewPassphrase, type NewPassphraseHandle } from '../passphrase/new-passphrase.tsx';
import { OperatorField } from './operator-field.tsx';
import { useSigningIn } from './use-signing-in.ts';
import { waitWords } from './use-wait.ts';
import styles from './sign-in.module.css';

export interface RecoveryFormProps {
  readonly operators: readonly string[];
  readonly operator: string;
  readonly onOperator: (operator: string) => void;
  readonly practiceName: string | null;
  readonly isCoreReady: boolean;
  readonly onBack: () => void;
  /** The code was right, and a second factor is on. */
  readonly onCodeNeeded: () => void;
  /** The passphrase is set, and here is the code that replaces the one just used. */
  readonly onRecovered: (recoveryCode: Secret) => void;
}

/** The group of the recovery code that holds a typing slip. */
const slipIn = (error: unknown): number | undefined => {
  const group = error instanceof AppError && error.code === 'input.invalid' ? error.details['group'] : undefined;
  return typeof group === 'number' ? group : undefined;
};

/** The way in when the passphrase is lost: the printed code, and a new passphrase. */
export function RecoveryForm({ onCodeNeeded, onRecovered, ...props }: RecoveryFormProps) {
  const { operators, operator, onOperator, practiceName, isCoreReady, onBack } = props;
  const code = useRef<SecretFieldHandle>(null);
  const passphrase = useRef<NewPassphraseHandle>(null);
  const [isMissing, setMissing] = useState(false);
  const [isRunning, setRunning] = useState(false);
  const signing = useSigningIn(code);
  const api = useApi();
  const submit = async () => {
    if (code.current === null || code.current.isEmpty()) return setMissing(true);
    const newPassphrase = passphrase.current?.take();
    if (newPassphrase === undefined) return undefined;
    setRunning(true);
    const name = operators.length < 2 ? {} : { operator };
    try {
      const recovered = await api.client.session.recover({ ...name, recoveryCode: new Secret(code.current.take()), newPassphrase });
      if ('codeNeeded' in recovered) return onCodeNeeded();
      signing.welcome(recovered);
      return recovered.recoveryCode && onRecovered(recovered.recoveryCode);
    } catch (error) {
      return signing.refused(error);
    } finally {
      setRunning(false);
    }
  };
  const slip = slipIn(signing.error);
  const isWaiting = signing.secondsToWait > 0;
  const actions = (
    <>
      <ActionButton kind="filled" size="door" submits isWorking={isRunning} isDisabled={isWaiting || !isCoreReady}>
        {isWaiting ? waitWords('wait', signing.secondsToWait) : t('sign-in.recover-act')}
      </ActionButton>
      <LinkButton onClick={onBack}>{t('sign-in.back')}</LinkButton>
    </>
  );
  const fault = signing.isWrong
    ? t('sign-in.code-wrong')
    : slip !== undefined
      ? t('sign-in.code-slip', { group: slip })
      : isMissing
        ? t('sign-in.code-missing')
        : undefined;
  return (
    <DoorForm level={1} title={t('sign-in.recover')} line={t('sign-in.recover-line')} actions={actions} onSubmit={() => void submit()}>
      {signing.error !== undefined && slip === undefined && <ErrorNotice error={signing.error} />}
      <OperatorField operators={operators} value={operator} onChange={onOperator} />
      <SecretField
        ref={code}
        size="door"
        label={t('sign-in.code')}
        hint={t('sign-in.code-hint')}
        error={fault}
        takesFocus
        onFilled={(isFilled) => isFilled && setMissing(false)}
      />
      <NewPassphrase ref={passphrase} known={[operator, practiceName ?? '']} />
      <p className={styles.small}>{t('sign-in.no-sheet')}</p>
    </DoorForm>
  );
}
