import { useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { DoorLayout } from '../../shell/door-layout.tsx';
import { useSignInNews } from '../../state/sign-in-news.ts';
import { Notice } from '../../ui/notice.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import type { Feature, LockedProps } from '../feature.ts';
import { RecoveryCodeStep } from '../passphrase/recovery-code-step.tsx';
import { CardForm } from './card-form.tsx';
import { CodeForm } from './code-form.tsx';
import { PassphraseForm } from './passphrase-form.tsx';
import { RecoveryForm } from './recovery-form.tsx';
import { StepUp } from './step-up.tsx';
import { useSignInCards } from './use-sign-in-cards.ts';
import styles from './sign-in.module.css';

/** The locked door. */
function SignIn(props: LockedProps) {
  const [step, setStep] = useState<'passphrase' | 'recovery' | 'code' | 'card'>('passphrase');
  const [card] = useSignInCards();
  const [chosen, setChosen] = useState<string>();
  const [newCode, setNewCode] = useState<Secret>();
  const last = useSignInNews((news) => news.name);
  const operator = chosen ?? props.operators.find((name) => name === last) ?? props.operators[0] ?? '';
  const shared = { ...props, operator, onOperator: setChosen };
  if (newCode !== undefined) {
    return (
      <DoorLayout>
        <RecoveryCodeStep
          level={1}
          title={t('sign-in.new-code')}
          line={t('sign-in.new-code-line')}
          next={t('sign-in.open')}
          code={newCode}
          practice={props.practiceName ?? ''}
          operator={operator}
          onNext={props.onSignedIn}
        />
      </DoorLayout>
    );
  }
  return (
    <DoorLayout
      foot={<Foot practiceName={props.practiceName} />}
      {...(props.reason === 'core-lost' ? { notice: <CoreLost {...props} /> } : {})}
    >
      {step === 'recovery' && (
        <RecoveryForm {...shared} onBack={() => setStep('passphrase')} onRecovered={setNewCode} onCodeNeeded={() => setStep('code')} />
      )}
      {step === 'passphrase' && (
        <PassphraseForm
          {...shared}
          card={card}
          onCard={() => setStep('card')}
          onCannot={() => setStep('recovery')}
          onCodeNeeded={() => setStep('code')}
        />
      )}
      {step === 'card' && (
        <CardForm card={card} isCoreReady={props.isCoreReady} onBack={() => setStep('passphrase')} onSignedIn={props.onSignedIn} />
      )}
      {step === 'code' && (
        <CodeForm
          isCoreReady={props.isCoreReady}
          onBack={() => setStep('passphrase')}
          onEntered={(code) => (code === undefined ? props.onSignedIn() : setNewCode(code))}
        />
      )}
    </DoorLayout>
  );
}

function CoreLost({ isCoreReady }: LockedProps) {
  return (
    <Notice
      state={isCoreReady ? 'soon' : 'working'}
      live="assertive"
      title={t(isCoreReady ? 'sign-in.core-lost' : 'sign-in.core-starting')}
    >
      {t(isCoreReady ? 'sign-in.core-lost-hint' : 'sign-in.core-starting-hint')}
    </Notice>
  );
}

function Foot({ practiceName }: { readonly practiceName: string | null }) {
  return (
    <>
      <StatusText state="fine" isSentence>
        {t('sign-in.tail')}
      </StatusText>
      {practiceName !== null && <bdi className={styles.practice}>{practiceName}</bdi>}
    </>
  );
}

export const signIn: Feature = { locked: SignIn, stepUp: StepUp };
