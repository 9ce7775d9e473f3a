import { t } from '../i18n/translate.ts';
import { useNow } from './clock.tsx';
import { placeOn, yearStarts, type TimeScale } from './time-scale.ts';
import styles from './time-axis.module.css';

/** The years under validity bars, and today. Silent: each bar says its own dates. */
export function TimeAxis({ scale }: { readonly scale: TimeScale }) {
  const now = useNow();
  const years = yearStarts(scale).slice(0, -1);
  return (
    <div className={styles.axis} aria-hidden>
      {years.map((year) => (
        <span
          key={year.getTime()}
          className={styles.year}
          style={{ insetInlineStart: `${placeOn(scale, new Date(year.getFullYear(), 6, 2))}%` }}
        >
          {year.getFullYear()}
        </span>
      ))}
      <span className={styles.today} style={{ insetInlineStart: `${placeOn(scale, now)}%` }}>
        {t('dates.today')}
      </span>
    </div>
  );
}
