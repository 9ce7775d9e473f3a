import { useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from './card-names.ts';
import { LastTry } from './last-try.tsx';
import { ManagementKeyField, useAskedManagementKey, type AskedManagementKey } from './management-key-field.tsx';
import { PinCost } from './pin-cost.tsx';
import { PinField, useAskedPin } from './pin-field.tsx';
import { isWrongPin } from './pin-words.ts';
import { PinLocked } from './pin-locked.tsx';
import { useCard } from './use-cards.ts';
import styles from './card-dialogs.module.css';

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
  if (isDone) return <UpToDate card={card} onClose={onClose} />;
  const isWrong = isWrongPin(error);
  if (card.pin === 'locked' && !isRunning) return <PinLocked card={card} onClose={onClose} />;
  if (card.pin === 'final-try' && !isSure && !isRunning)
    return <LastTry card={card} isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  const settle = async (pin: Uint8Array, more: Beside) => {
    const done = await run({ token: serialNumber, pin: new Secret(pin), finalTry: card.pin === 'final-try', ...more });
    await reload();
    setSure(false);
    if (done === undefined) return;
    announce(t('settle-card.done', { ending: cardEnding(card) }));
    setDone(true);
  };
  return (
    <Ask
      card={card}
      isWorking={isRunning}
      isWrong={isWrong}
      error={isWrong ? undefined : error}
      onPin={(...typed) => void settle(...typed)}
      onClose={onClose}
    />
  );
}

type Beside = ReturnType<AskedManagementKey['take']>;

interface AskProps {
  readonly card: TokenSummary;
  readonly isWorking: boolean;
  readonly isWrong: boolean;
  readonly error: unknown;
  readonly onPin: (pin: Uint8Array, more: Beside) => void;
  readonly onClose: () => void;
}

function Ask({ card, isWorking, isWrong, error, onPin, onClose }: AskProps) {
  const pin = useAskedPin(card);
  const management = useAskedManagementKey();
  const submit = () => {
    const typed = pin.take();
    if (typed !== undefined) onPin(typed, management.take());
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={isWorking}>
        {t('settle-card.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={submit} isWorking={isWorking} takesFocus={pin.isAtReader}>
        {t('settle-card.act')}
      </ActionButton>
    </>
  );
  const title = t('settle-card.title', { ending: cardEnding(card) });
  return (
    <Dialog isOpen onClose={isWorking ? () => undefined : onClose} title={title} line={t('settle-card.line')} actions={actions} width={520}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {error !== undefined && <ErrorNotice error={error} />}
        <PinField pin={pin} isWrong={isWrong} takesFocus />
        <PinCost pin={card.pin} left={card.tries.pin} />
        <ManagementKeyField card={card} asked={management} />
      </form>
    </Dialog>
  );
}

function UpToDate({ card, onClose }: Pick<AskProps, 'card' | 'onClose'>) {
  const close = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('wipe-card.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('settle-card.done', { ending: cardEnding(card) })} actions={close} width={520}>
      <StatusText state="fine" isSentence>
        {t('settle-card.done-text')}
      </StatusText>
    </Dialog>
  );
}
