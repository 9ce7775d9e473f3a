import { formatNumber } from '../i18n/translate.ts';
import styles from './count-badge.module.css';

/** How many things wait behind a place. */
export function CountBadge({ count, isLoud = false }: { readonly count: number; readonly isLoud?: boolean }) {
  return (
    <span className={styles.badge} data-loud={isLoud}>
      {formatNumber(count)}
    </span>
  );
}
