import { t } from '../i18n/translate.ts';
import { daysUntil, type Instant } from '../i18n/dates.ts';
import { useNow } from './clock.tsx';
import { standingAt } from './standing.ts';
import styles from './time-left.module.css';

export interface TimeLeftProps {
  readonly from?: Instant;
  readonly until: Instant;
  /** Over before its end: revoked. */
  readonly isStopped?: boolean;
}

/** What the bar fills when the beginning is not known: two years, as certificates here last. */
const usualDays = 730;

/** A bar whose solid part is the time left, and the days in words. For a row of a list. */
export function TimeLeft({ from, until, isStopped = false }: TimeLeftProps) {
  const now = useNow();
  const days = daysUntil(until, now);
  const standing = isStopped ? 'stopped' : standingAt(until, now);
  const all = from === undefined ? usualDays : Math.max(1, daysUntil(until, from));
  const share = standing === 'stopped' ? 100 : Math.max(2, Math.min(100, (100 * days) / all));
  return (
    <span className={styles.root}>
      <span className={styles.bar} data-state={standing} aria-hidden>
        <span className={styles.fill} style={{ width: `${share}%` }} />
      </span>
      {standing === 'stopped' ? t('state.ended') : t('dates.days', { count: days })}
    </span>
  );
}
