import { t } from '../../i18n/translate.ts';
import { StatusShape } from '../../ui/status-shape.tsx';
import { pinStates, wordsOf, type AskedSecret, type PinState } from './pin-words.ts';
import styles from './card-dialogs.module.css';

export interface PinCostProps {
  readonly pin: PinState;
  /** By the card’s own count; null where it tells no number. */
  readonly left: number | null;
  readonly of?: AskedSecret;
}

/** What a wrong PIN, unlock code or admin PIN costs, as far as the card tells how many tries it has left. */
export function PinCost({ pin, left, of = 'pin' }: PinCostProps) {
  const words = wordsOf[of];
  if (left !== null && pin !== 'final-try') {
    return (
      <p className={styles.cost} data-pin={pin}>
        <StatusShape state={pinStates[pin]} size={20} />
        <span>
          <strong>{t(`${words}.left`, { count: left })}</strong> {t(`${words}.left-more`)}
        </span>
      </p>
    );
  }
  if (pin !== 'count-low' && pin !== 'final-try') {
    return (
      <p className={styles.cost}>
        <span>
          <strong>{t(`${words}.costs`)}</strong> {t(`${words}.costs-more`)}
        </span>
      </p>
    );
  }
  return (
    <p className={styles.cost} data-pin={pin}>
      <StatusShape state={pinStates[pin]} size={20} />
      <span>
        <strong>{t(`${words}.${pin}`)}</strong> {t(`${words}.${pin}-more`)}
      </span>
    </p>
  );
}
