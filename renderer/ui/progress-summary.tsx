import type { ReactNode } from 'react';
import { formatNumber } from '../i18n/translate.ts';
import { Sentence } from '../i18n/sentence.tsx';
import { ProgressBar, type ProgressBarProps } from './progress-bar.tsx';
import { StatusShape } from './status-shape.tsx';
import type { State } from './status.ts';
import styles from './progress-summary.module.css';

export interface ProgressCount {
  readonly state: State;
  readonly count: number;
  /** "done", "needs you". */
  readonly words: string;
}

export interface ProgressSummaryProps extends Omit<ProgressBarProps, 'height'> {
  /** "About 2 minutes left. One person needs you; the others go on." */
  readonly line: ReactNode;
  readonly counts: readonly ProgressCount[];
}

/** How far a job is: count, time left, bar, and counts with their shapes. Stands in a `Panel`. */
export function ProgressSummary({ line, counts, ...bar }: ProgressSummaryProps) {
  const reached = bar.done + (bar.needsYou ?? 0);
  return (
    <div>
      <p className={styles.first}>
        <span className={styles.count}>
          <Sentence of="progress.value" with={{ done: formatNumber(reached), total: formatNumber(bar.total) }} />
        </span>
        <span className={styles.line}>{line}</span>
      </p>
      <ProgressBar {...bar} />
      <ul className={styles.counts}>
        {counts.map((entry) => (
          <li key={entry.words} className={styles.entry}>
            <StatusShape state={entry.state} size={14} />
            <span>
              <strong className={styles.number}>{formatNumber(entry.count)}</strong> {entry.words}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
