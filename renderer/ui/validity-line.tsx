import { daysUntil, formatShortDate, type Instant } from '../i18n/dates.ts';
import { t } from '../i18n/translate.ts';
import { useNow } from './clock.tsx';
import { standingAt } from './standing.ts';
import styles from './validity-line.module.css';

export interface ValidityLineProps {
  readonly from: Instant;
  readonly until: Instant;
  readonly isStopped?: boolean;
}

/** From when to when one certificate is valid, on a line: what is gone, what is left. */
export function ValidityLine({ from, until, isStopped = false }: ValidityLineProps) {
  const now = useNow();
  const all = Math.max(1, daysUntil(until, from));
  const left = Math.max(0, Math.min(all, daysUntil(until, now)));
  const standing = isStopped ? 'stopped' : standingAt(until, now);
  return (
    <span className={styles.root}>
      <time dateTime={new Date(from).toISOString()}>{formatShortDate(from)}</time>
      <span className={styles.line} data-standing={standing} aria-hidden>
        <span className={styles.gone} style={{ width: `${100 - (100 * left) / all}%` }} />
      </span>
      <span>
        <time dateTime={new Date(until).toISOString()}>{formatShortDate(until)}</time>
        {standing !== 'stopped' && `, ${t('dates.left', { count: left })}`}
      </span>
    </span>
  );
}
