import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { cardEnding } from './card-names.ts';

export interface PinLockedProps {
  readonly card: TokenSummary;
  /** What is locked. */
  readonly of?: 'pin' | 'code';
  readonly onClose: () => void;
}

/** No field: the card takes no PIN any more. */
export function PinLocked({ card, of = 'pin', onClose }: PinLockedProps) {
  const close = (
    <ActionButton onClick={onClose} takesFocus>
      {t('card-pin.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('card-pin.locked-title', { ending: cardEnding(card) })} actions={close}>
      <Notice state="stopped" title={t(of === 'pin' ? 'card-pin.locked' : 'set-pin.dead')} live="assertive">
        {t(of === 'pin' ? 'card-pin.locked-text' : 'card-state.dead-text')}
      </Notice>
    </Dialog>
  );
}
