import { useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { SignInCard } from '../../../main/contract/session.ts';
import { t } from '../../i18n/translate.ts';
import { DoorForm } from '../../shell/door-form.tsx';
import { useApi } from '../../state/api-context.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { PinCost } from '../cards/pin-cost.tsx';
import { PinField, useAskedPin } from '../cards/pin-field.tsx';
import { isWrongPin } from '../cards/pin-words.ts';
import { OperatorField } from './operator-field.tsx';
import { useSigningIn } from './use-signing-in.ts';
import { waitWords } from './use-wait.ts';

export interface CardFormProps {
  /** As it is now; undefined once it is out. */
  readonly card: SignInCard | undefined;
  readonly isCoreReady: boolean;
  readonly onBack: () => void;
  readonly onSignedIn: () => void;
}

/** The card in the place of the passphrase: its PIN, tried once, and what a wrong one costs. */
export function CardForm({ card: now, isCoreReady, onBack, onSignedIn }: CardFormProps) {
  const [card, setCard] = useState(now);
  if (now !== undefined && now !== card) setCard(now);
  const pin = useAskedPin(card);
  const signing = useSigningIn(pin.field);
  const [chosen, setChosen] = useState<string>();
  const { isRunning, run } = useEntering(signing, onSignedIn);
  if (card === undefined) return null;
  const operator = chosen ?? card.operators[0] ?? '';
  const submit = () => {
    const typed = pin.take();
    if (typed !== undefined) void run({ operator, token: card.token, pin: new Secret(typed), finalTry: card.pin === 'final-try' });
  };
  const isWaiting = signing.secondsToWait > 0;
  const isUsable = now !== undefined && card.pin !== 'locked';
  const isWrong = isWrongPin(signing.error);
  const actions = (
    <>
      <ActionButton kind="filled" size="door" submits isWorking={isRunning} isDisabled={isWaiting || !isCoreReady || !isUsable}>
        {isWaiting ? waitWords('wait', signing.secondsToWait) : t('sign-in.unlock')}
      </ActionButton>
      <LinkButton onClick={onBack}>{t('sign-in.back')}</LinkButton>
    </>
  );
  const title = t('sign-in.card-title', { ending: cardEnding({ serialNumber: card.token }) });
  return (
    <DoorForm level={1} title={title} line={t('sign-in.card-line')} actions={actions} onSubmit={submit}>
      {signing.error !== undefined && !isWrong && <ErrorNotice error={signing.error} />}
      <OperatorField operators={card.operators} value={operator} onChange={setChosen} />
      <PinField pin={pin} isWrong={isWrong} size="door" takesFocus />
      <Standing card={card} isOut={now === undefined} />
      {isWaiting && (
        <StatusText state="waiting" isSentence>
          {waitWords('too-soon', signing.secondsToWait)}
        </StatusText>
      )}
    </DoorForm>
  );
}

function Standing({ card, isOut }: { readonly card: SignInCard; readonly isOut: boolean }) {
  if (!isOut && card.pin !== 'locked') return <PinCost pin={card.pin} left={null} />;
  return (
    <StatusText state="stopped" isSentence>
      {t(isOut ? 'sign-in.card-out' : 'sign-in.card-locked')}
    </StatusText>
  );
}

type Entering = Parameters<ReturnType<typeof useApi>['client']['session']['signInWithCard']>[0];

function useEntering(signing: ReturnType<typeof useSigningIn>, onSignedIn: () => void) {
  const api = useApi();
  const [isRunning, setRunning] = useState(false);
  const run = async (input: Entering) => {
    setRunning(true);
    try {
      signing.welcome(await api.client.session.signInWithCard(input));
      return onSignedIn();
    } catch (error) {
      return signing.refused(error);
    } finally {
      setRunning(false);
    }
  };
  return { isRunning, run };
}
