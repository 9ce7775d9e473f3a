import { t } from '../../i18n/translate.ts';
import { StatusShape } from '../../ui/status-shape.tsx';
import { pinStates, type PinState } from './pin-words.ts';
import styles from './card-dialogs.module.css';

/** What a wrong PIN costs, as far as the card tells how many tries it has left. */
export function PinCost({ pin }: { readonly pin: PinState }) {
  if (pin !== 'count-low' && pin !== 'final-try') {
    return (
      <p className={styles.cost}>
        <span>
          <strong>{t('card-pin.costs')}</strong> {t('card-pin.costs-more')}
        </span>
      </p>
    );
  }
  return (
    <p className={styles.cost} data-pin={pin}>
      <StatusShape state={pinStates[pin]} size={20} />
      <span>
        <strong>{t(`card-pin.${pin}`)}</strong> {t(`card-pin.${pin}-more`)}
      </span>
    </p>
  );
}
