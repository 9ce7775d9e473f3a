import type { ReactNode } from 'react';
import { formatNumber } from '../i18n/translate.ts';
import { Sentence } from '../i18n/sentence.tsx';
import { ProgressBar } from './progress-bar.tsx';
import styles from './share-meter.module.css';

export interface ShareMeterProps {
  /** "Can sign and open secure mail". */
  readonly label: string;
  /** "11 to go". */
  readonly rest?: ReactNode;
  readonly count: number;
  readonly of: number;
}

/** How many of all: a thin bar and the number. */
export function ShareMeter({ label, rest, count, of }: ShareMeterProps) {
  return (
    <div>
      <div className={styles.first}>
        <span className={styles.label}>{label}</span>
        <span className={styles.rest}>{rest}</span>
      </div>
      <div className={styles.second}>
        <div className={styles.bar}>
          <ProgressBar label={label} done={count} total={of} height={6} />
        </div>
        <span className={styles.number}>
          <Sentence
            of="progress.value"
            with={{ done: <strong className={styles.count}>{formatNumber(count)}</strong>, total: formatNumber(of) }}
          />
        </span>
      </div>
    </div>
  );
}
