import { useState } from 'react';
import type { ModuleSummary, TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from './card-names.ts';
import { CardOut } from './card-out.tsx';
import { failedDriver } from './driver-words.ts';
import { LastTry } from './last-try.tsx';
import { PinLocked } from './pin-locked.tsx';
import { SetPinForm } from './set-pin-form.tsx';
import { useCard } from './use-cards.ts';
import { useSetPin, type By, type PinSetting, type Setting } from './use-set-pin.ts';
import styles from './card-dialogs.module.css';

export interface SetPinDialogProps {
  readonly serialNumber: string;
  readonly by: By;
  readonly onClose: () => void;
}

/** Gives a card another PIN. What the card shows meanwhile decides what is asked. */
export function SetPinDialog({ serialNumber, by, onClose }: SetPinDialogProps) {
  const { card, isOut, data } = useCard(serialNumber);
  if (data === undefined || card === undefined) return null;
  return <Asking card={card} by={by} isOut={isOut} driver={failedDriver(card, data.modules)} onClose={onClose} />;
}

interface AskingProps {
  readonly card: TokenSummary;
  readonly by: By;
  readonly isOut: boolean;
  /** The driver of the card, where it failed. */
  readonly driver: ModuleSummary | undefined;
  readonly onClose: () => void;
}

function Asking({ card, by, isOut, driver, onClose }: AskingProps) {
  const [isSure, setSure] = useState(false);
  const setting = useSetPin(card.serialNumber, by, () => setSure(false));
  const { isWorking, isWrong, done, error } = setting;
  const [kind] = useState<Setting>(by === 'unblock' && card.pin === 'not-set' ? 'give-pin' : by);
  const tries = by === 'change' ? card.pin : card.unlockCode;
  if (done !== undefined) return <PinIsSet card={card} kind={kind} done={done} onClose={onClose} />;
  if (isOut && !isWorking) return <CardOut card={card} driver={driver} error={error} onClose={onClose} />;
  if (tries === 'locked' && !isWorking) return <PinLocked card={card} of={by === 'change' ? 'pin' : 'code'} onClose={onClose} />;
  if (tries === 'final-try' && !isSure && !isWorking) {
    return <LastTry card={card} of={by === 'change' ? 'pin' : 'code'} isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  }
  return <SetPinForm card={card} kind={kind} tries={tries} setting={setting} onClose={onClose} />;
}

interface PinIsSetProps {
  readonly card: TokenSummary;
  readonly kind: Setting;
  readonly done: NonNullable<PinSetting['done']>;
  readonly onClose: () => void;
}

function PinIsSet({ card, kind, done, onClose }: PinIsSetProps) {
  const go = useGo();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`set-pin.${kind}-done`, { ending: cardEnding(card) })}
      aside={<LinkButton onClick={() => go({ name: 'audit', entry: done.auditIndex })}>{t('on-card.entry')}</LinkButton>}
      actions={
        <ActionButton kind="filled" onClick={onClose} takesFocus>
          {t('set-pin.close')}
        </ActionButton>
      }
    >
      <div className={styles.form}>
        <StatusText state="fine">{t('set-pin.done')}</StatusText>
        <StatusText state="fine">{t('set-pin.tries')}</StatusText>
      </div>
    </Dialog>
  );
}
