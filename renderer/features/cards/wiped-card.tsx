import { IconKeyOff, IconLockOff } from '@tabler/icons-react';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** What wiping a card takes away, and what stays. `pin` says what becomes of its PIN. */
export const WhatGoes = ({ pin }: { readonly pin: string }) => (
  <>
    <Consequence
      title={t('wipe-card.gone')}
      items={[
        { icon: <IconKeyOff size={18} stroke={1.75} aria-hidden />, text: t('wipe-card.gone-keys') },
        { icon: <IconLockOff size={18} stroke={1.75} aria-hidden />, text: pin },
      ]}
    />
    <Consequence title={t('wipe-card.stays')}>{t('wipe-card.stays-text')}</Consequence>
  </>
);

export interface WipedProps {
  readonly ending: string;
  /** What the card is now. */
  readonly text: string;
  readonly onClose: () => void;
}

/** That a card is wiped. */
export function Wiped({ ending, text, onClose }: WipedProps) {
  const close = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('wipe-card.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('wipe-card.done', { ending })} actions={close}>
      <p>{text}</p>
    </Dialog>
  );
}
