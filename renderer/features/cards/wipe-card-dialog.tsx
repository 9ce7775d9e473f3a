import { IconEraser } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { cardEnding } from './card-names.ts';
import { LastTry } from './last-try.tsx';
import { PinCost } from './pin-cost.tsx';
import { PinLocked } from './pin-locked.tsx';
import { useCard } from './use-cards.ts';
import { WhatGoes, Wiped } from './wiped-card.tsx';

export interface WipeCardDialogProps {
  readonly serialNumber: string;
  readonly onClose: () => void;
}

/** Takes everything off a card: what goes and what stays, by its unlock code. */
export function WipeCardDialog({ serialNumber, onClose }: WipeCardDialogProps) {
  const { card, reload } = useCard(serialNumber);
  const { run, isRunning, error } = useCommand('tokens.wipe');
  const announce = useAnnounce();
  const [isSure, setSure] = useState(false);
  const [isDone, setDone] = useState(false);
  if (card === undefined) return null;
  if (isDone) return <Wiped ending={cardEnding(card)} text={t('wipe-card.done-text')} onClose={onClose} />;
  const isWrong = error instanceof AppError && error.code === 'token.unlock-code-incorrect';
  if (card.unlockCode === 'locked' && !isRunning) return <PinLocked card={card} of="code" onClose={onClose} />;
  if (card.unlockCode === 'final-try' && !isSure && !isRunning) {
    return <LastTry card={card} of="code" isWrong={isWrong} onSure={() => setSure(true)} onClose={onClose} />;
  }
  const act = async (code: Uint8Array) => {
    const wiped = await run({ token: serialNumber, unlockCode: new Secret(code), finalTry: card.unlockCode === 'final-try' });
    await reload();
    setSure(false);
    if (wiped === undefined) return;
    announce(t('wipe-card.working'));
    setDone(true);
  };
  return <Ask card={card} isActing={isRunning} isWrong={isWrong} error={error} onAct={(code) => void act(code)} onClose={onClose} />;
}

interface AskProps {
  readonly card: TokenSummary;
  readonly isActing: boolean;
  readonly isWrong: boolean;
  readonly error: unknown;
  readonly onAct: (code: Uint8Array) => void;
  readonly onClose: () => void;
}

function Ask({ card, isActing, isWrong, error, onAct, onClose }: AskProps) {
  const field = useRef<SecretFieldHandle>(null);
  const [isMissing, setMissing] = useState(false);
  const ending = cardEnding(card);
  const submit = () => {
    const isEmpty = field.current?.isEmpty() ?? true;
    setMissing(isEmpty);
    if (isEmpty || field.current === null) return field.current?.focus();
    return onAct(field.current.take());
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      icon={<IconEraser size={26} stroke={1.6} aria-hidden />}
      title={
        card.personName === null ? (
          t('wipe-card.title-nobody', { ending })
        ) : (
          <Sentence of="wipe-card.title" with={{ ending, name: <PersonName name={card.personName} /> }} />
        )
      }
      consequences={<WhatGoes pin={t('wipe-card.gone-pin')} />}
      act={t('wipe-card.act', { ending })}
      onAct={submit}
      isActing={isActing}
    >
      {error !== undefined && !isWrong && <ErrorNotice error={error} />}
      <SecretField
        ref={field}
        label={t('set-pin.unblock-old')}
        hint={t('set-pin.unblock-old-hint')}
        error={isMissing ? t('set-pin.unblock-missing') : isWrong ? t('set-pin.unblock-wrong') : undefined}
      />
      <PinCost pin={card.unlockCode} left={card.tries.unlockCode} of="code" />
    </ConfirmDialog>
  );
}
