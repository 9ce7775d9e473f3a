import type { ModuleSummary, TokenSummary } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { cardEnding } from './card-names.ts';
import { driverStates } from './driver-words.ts';

export interface CardOutProps {
  readonly card: TokenSummary;
  /** Its driver, where that failed: then the card may be in. */
  readonly driver: ModuleSummary | undefined;
  /** What the work on the card ended with, if it was at work. */
  readonly error: unknown;
  readonly onClose: () => void;
}

/** The card is not seen any more; once it is again, the dialog goes on where it was. */
export function CardOut({ card, driver, error, onClose }: CardOutProps) {
  const close = (
    <ActionButton onClick={onClose} takesFocus>
      {t('card-pin.close')}
    </ActionButton>
  );
  const title = t(driver === undefined ? 'card-pin.removed-title' : 'card-pin.unseen-title', { ending: cardEnding(card) });
  return (
    <Dialog isOpen onClose={onClose} title={title} actions={close}>
      {error === undefined ? <Why driver={driver} /> : <ErrorNotice error={error} />}
    </Dialog>
  );
}

function Why({ driver }: Pick<CardOutProps, 'driver'>) {
  if (driver === undefined) {
    return (
      <Notice state="waiting" title={t('card-pin.removed')} live="assertive">
        {t('card-pin.removed-text')}
      </Notice>
    );
  }
  return (
    <Notice state={driverStates[driver.state]} title={driver.error?.message ?? t(`drivers.${driver.state}`)} live="assertive">
      {t(`drivers.${driver.state}-text`)} {t('card-pin.unseen-text')}
    </Notice>
  );
}
