import { IconDeviceUsb, IconLifebuoy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { SignInCard } from '../../../main/contract/session.ts';
import { callName } from '../../i18n/call-name.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from '../cards/card-names.ts';
import type { LockedProps } from '../feature.ts';
import { OperatorField } from './operator-field.tsx';
import { useSigningIn, type SigningIn } from './use-signing-in.ts';
import { waitWords } from './use-wait.ts';
import styles from './sign-in.module.css';

export interface PassphraseFormProps extends LockedProps {
  readonly operator: string;
  readonly onOperator: (operator: string) => void;
  /** In a reader, and signs somebody in. */
  readonly card: SignInCard | undefined;
  readonly onCard: () => void;
  readonly onCannot: () => void;
  /** The passphrase was right, and a second factor is on. */
  readonly onCodeNeeded: () => void;
}

/** One field, one button. */
export function PassphraseForm({ onCodeNeeded, ...props }: PassphraseFormProps) {
  const { operator, operators, onOperator, card, onCard, onCannot, reason, isCoreReady, onSignedIn } = props;
  const field = useRef<SecretFieldHandle>(null);
  const signing = useSigningIn(field);
  const [isMissing, setMissing] = useState(false);
  const { isRunning, submit } = useSubmit({ operator, operators, field, signing, onMissing: setMissing, onCodeNeeded, onSignedIn });
  const filled = (isFilled: boolean) => {
    if (!isFilled) return;
    setMissing(false);
    if (signing.isWrong) signing.clear();
  };
  const isWaiting = signing.secondsToWait > 0;
  return (
    <Form
      onSubmit={() => {
        if (!isWaiting && isCoreReady) void submit();
      }}
    >
      <Welcome operators={operators} operator={operator} reason={reason} />
      {signing.error !== undefined && <ErrorNotice error={signing.error} />}
      <OperatorField operators={operators} value={operator} onChange={onOperator} />
      <SecretField
        ref={field}
        size="door"
        label={t('sign-in.passphrase')}
        takesFocus
        onFilled={filled}
        error={signing.isWrong ? t('sign-in.wrong') : isMissing ? t('sign-in.missing') : undefined}
      />
      {isWaiting && (
        <StatusText state="waiting" isSentence>
          {waitWords('too-soon', signing.secondsToWait)}
        </StatusText>
      )}
      <ActionButton kind="filled" size="door" isWide submits isWorking={isRunning} isDisabled={isWaiting || !isCoreReady}>
        {isWaiting ? waitWords('wait', signing.secondsToWait) : t('sign-in.unlock')}
      </ActionButton>
      <div className={styles.other}>
        {card !== undefined && (
          <LinkButton icon={IconDeviceUsb} onClick={onCard}>
            {t('sign-in.with-card', { ending: cardEnding({ serialNumber: card.token }) })}
          </LinkButton>
        )}
        <LinkButton icon={IconLifebuoy} onClick={onCannot}>
          {t('sign-in.cannot')}
        </LinkButton>
      </div>
    </Form>
  );
}

interface Submit {
  readonly operator: string;
  readonly operators: readonly string[];
  readonly field: { readonly current: SecretFieldHandle | null };
  readonly signing: SigningIn;
  readonly onMissing: (isMissing: boolean) => void;
  readonly onCodeNeeded: () => void;
  readonly onSignedIn: () => void;
}

function useSubmit({ operator, operators, field, signing, onMissing, onCodeNeeded, onSignedIn }: Submit) {
  const api = useApi();
  const [isRunning, setRunning] = useState(false);
  const submit = async () => {
    if (field.current === null || field.current.isEmpty()) {
      onMissing(true);
      return field.current?.focus();
    }
    setRunning(true);
    try {
      const name = operators.length < 2 ? {} : { operator };
      const signedIn = await api.client.session.signIn({ ...name, passphrase: new Secret(field.current.take()) });
      if ('codeNeeded' in signedIn) return onCodeNeeded();
      signing.welcome(signedIn);
      return onSignedIn();
    } catch (error) {
      return signing.refused(error);
    } finally {
      setRunning(false);
    }
  };
  return { isRunning, submit };
}

function Welcome({ operators, operator, reason }: Pick<PassphraseFormProps, 'operators' | 'operator' | 'reason'>) {
  const isSeveral = operators.length > 1;
  return (
    <div className={styles.welcome}>
      {!isSeveral && <Avatar name={operator} size={44} />}
      <div>
        <h1 className={styles.title}>{isSeveral ? t('sign-in.welcome-several') : t('sign-in.welcome', { name: callName(operator) })}</h1>
        <p className={styles.line}>{t(reason === null || reason === 'core-lost' ? 'sign-in.line' : `sign-in.${reason}`)}</p>
      </div>
    </div>
  );
}
