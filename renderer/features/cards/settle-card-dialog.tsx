import { useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { cardEnding } from './card-names.ts';
import { CardIsDone, CardPinDialog, type BesidePin } from './card-pin-dialog.tsx';
import { LastTry } from './last-try.tsx';
import { PinLocked } from './pin-locked.tsx';
import { isWrongPin } from './pin-words.ts';
import { useCard } from './use-cards.ts';

export interface SettleCardDialogProps {
  readonly serialNumber: string;
  readonly onClose: () => void;
}

/** Writes to a card what is owed to it and takes off it what nobody needs, by its PIN, typed once. */
export function SettleCardDialog({ serialNumber, onClose }: SettleCardDialogProps) {
  const { card, reload } = useCard(serialNumber);
  const { run, isRunning, error } = useCommand('tokens.reconcile');
  const announce = useAnnounce();
  const [isSure, setSure] = useState(false);
  const [isDone, setDone] = useState(false);
  if (card === undefined) return null;
  const ending = cardEnding(card);
  if (isDone) return <CardIsDone title={t('settle-card.done', { ending })} text={t('settle-card.done-text')} onClose={onClose} />;
  const isWrong = isWrongPin(error);
  if (card.pin === 'locked' && !isRunning) return <PinLocked card={card} onClose={onClose} />;
  if (card.pin === 'final-try' && !isSure && !isRunning)
    return <LastTry card={card} isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  const settle = async (pin: Uint8Array, beside: BesidePin) => {
    const done = await run({ token: serialNumber, pin: new Secret(pin), finalTry: card.pin === 'final-try', ...beside });
    await reload();
    setSure(false);
    if (done === undefined) return;
    announce(t('settle-card.done', { ending }));
    setDone(true);
  };
  return (
    <CardPinDialog
      card={card}
      title={t('settle-card.title', { ending })}
      line={t('settle-card.line')}
      act={t('settle-card.act')}
      notNow={t('settle-card.not-now')}
      isWorking={isRunning}
      isWrong={isWrong}
      error={isWrong ? undefined : error}
      onPin={(...typed) => void settle(...typed)}
      onClose={onClose}
    />
  );
}
