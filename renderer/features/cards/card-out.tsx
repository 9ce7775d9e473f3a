import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { cardEnding } from './card-names.ts';

export interface CardOutProps {
  readonly card: TokenSummary;
  /** What the work on the card ended with, if it was at work. */
  readonly error: unknown;
  readonly onClose: () => void;
}

/** The card is not seen any more; once it is again, the dialog goes on where it was. */
export function CardOut({ card, error, onClose }: CardOutProps) {
  const close = (
    <ActionButton onClick={onClose} takesFocus>
      {t('card-pin.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('card-pin.removed-title', { ending: cardEnding(card) })} actions={close}>
      {error === undefined ? (
        <Notice state="waiting" title={t('card-pin.removed')} live="assertive">
          {t('card-pin.removed-text')}
        </Notice>
      ) : (
        <ErrorNotice error={error} />
      )}
    </Dialog>
  );
}
