import { IconKeyOff, IconLockOff } from '@tabler/icons-react';
import { t } from '../../i18n/translate.ts';
import { Consequence } from '../../ui/consequence.tsx';
import { DoneDialog } from '../../ui/done-dialog.tsx';

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
export const Wiped = ({ ending, text, onClose }: WipedProps) => (
  <DoneDialog title={t('wipe-card.done', { ending })} close={t('wipe-card.close')} onClose={onClose}>
    <p>{text}</p>
  </DoneDialog>
);
