import { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { cardEnding } from '../cards/card-names.ts';
import { PinCost } from '../cards/pin-cost.tsx';
import { PinField, useAskedPin } from '../cards/pin-field.tsx';
import { isWrongPin } from '../cards/pin-words.ts';
import { ProofDialog } from './proof-dialog.tsx';
import { useProof } from './use-proof.ts';
import { useSignInCards } from './use-sign-in-cards.ts';
import { useSigningIn } from './use-signing-in.ts';

interface CardProofProps {
  /** Serial number of the card that opened the session. */
  readonly token: string;
  readonly onEnd: (isProven: boolean) => void;
}

/** The PIN of the card this session was opened with, once more; a wrong one costs a try of the card. */
export function CardProof({ token, onEnd }: CardProofProps) {
  const api = useApi();
  const card = useSignInCards().find((one) => one.token === token);
  const pin = useAskedPin(card);
  const told = useSigningIn(pin.field);
  const proof = useProof(told, () => onEnd(true));
  const isWrong = isWrongPin(told.error);
  const submit = () => {
    const typed = pin.take();
    if (typed === undefined) return;
    const input = { token, pin: new Secret(typed), finalTry: card?.pin === 'final-try' };
    void proof.run(() => api.client.session.proveWithCard(input));
  };
  return (
    <ProofDialog
      line={t('sign-in.prove-card-line', { ending: cardEnding({ serialNumber: token }) })}
      signing={isWrong ? { ...told, error: undefined } : told}
      isRunning={proof.isRunning}
      isUsable={card !== undefined && card.pin !== 'locked'}
      onClose={() => onEnd(false)}
      onSubmit={submit}
    >
      <PinField pin={pin} isWrong={isWrong} takesFocus />
      {card !== undefined && <PinCost pin={card.pin} left={null} />}
    </ProofDialog>
  );
}
