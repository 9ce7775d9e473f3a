import { t } from '../i18n/translate.ts';
import styles from './progress-bar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  readonly total: number;
  /** Solid. */
  readonly done: number;
  /** Brick: failed, waits for somebody. */
  readonly needsYou?: number;
  /** Striped. */
  readonly working?: number;
  /** 10 px under a job, 6 px beside a number. */
  readonly height?: 6 | 10;
}

/** How far something is, in three textures. */
export function ProgressBar({ label, total, done, needsYou = 0, working = 0, height = 10 }: ProgressBarProps) {
  const share = (count: number) => ({ width: `${total === 0 ? 0 : (100 * count) / total}%` });
  const words = [
    t('progress.value', { done, total }),
    ...(needsYou === 0 ? [] : [t('progress.needs-you', { count: needsYou })]),
    ...(working === 0 ? [] : [t('progress.working', { count: working })]),
  ].join(', ');
  return (
    <div
      className={styles.bar}
      data-height={height}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done + needsYou}
      aria-valuetext={words}
    >
      <span className={styles.done} style={share(done)} />
      <span className={styles.stopped} style={share(needsYou)} />
      <span className={styles.working} style={share(working)} />
    </div>
  );
}
