import type { ReactNode } from 'react';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DoneDialog } from '../../ui/done-dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { ManagementKeyField, useAskedManagementKey, type AskedManagementKey } from './management-key-field.tsx';
import { PinCost } from './pin-cost.tsx';
import { PinField, useAskedPin } from './pin-field.tsx';

/** What is given beside the PIN: a management key, where the card has one of somebody else's. */
export type BesidePin = ReturnType<AskedManagementKey['take']>;

export interface CardPinDialogProps {
  readonly card: TokenSummary;
  readonly title: ReactNode;
  readonly line: string;
  readonly act: string;
  readonly notNow: string;
  /** Whether there is anything to do with the PIN. */
  readonly isReady?: boolean;
  readonly isWorking: boolean;
  readonly isWrong: boolean;
  readonly error: unknown;
  /** Above the PIN. */
  readonly children?: ReactNode;
  readonly onPin: (pin: Uint8Array, beside: BesidePin) => void;
  readonly onClose: () => void;
}

/** Asks for a card's PIN, once, for one thing to be done on the card. */
export function CardPinDialog({ card, title, line, act, notNow, isReady = true, isWorking, isWrong, error, ...rest }: CardPinDialogProps) {
  const { children, onPin, onClose } = rest;
  const pin = useAskedPin(card);
  const management = useAskedManagementKey();
  const submit = () => {
    const typed = isReady ? pin.take() : undefined;
    if (typed !== undefined) onPin(typed, management.take());
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={isWorking}>
        {notNow}
      </ActionButton>
      <ActionButton kind="filled" onClick={submit} isWorking={isWorking} isDisabled={!isReady} takesFocus={pin.isAtReader}>
        {act}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={isWorking ? () => undefined : onClose} title={title} line={line} actions={actions} width={520}>
      <Form onSubmit={submit}>
        {error !== undefined && <ErrorNotice error={error} />}
        {children}
        <PinField pin={pin} isWrong={isWrong} takesFocus />
        <PinCost pin={card.pin} left={card.tries.pin} />
        <ManagementKeyField card={card} asked={management} />
      </Form>
    </Dialog>
  );
}

export interface CardIsDoneProps {
  readonly title: string;
  readonly text: string;
  readonly onClose: () => void;
}

/** Says that it is done, until somebody closes it. */
export const CardIsDone = ({ title, text, onClose }: CardIsDoneProps) => (
  <DoneDialog title={title} close={t('wipe-card.close')} onClose={onClose}>
    <StatusText state="fine" isSentence>
      {text}
    </StatusText>
  </DoneDialog>
);
