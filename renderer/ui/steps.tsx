import { IconCheck } from '@tabler/icons-react';
import { t } from '../i18n/translate.ts';
import styles from './steps.module.css';

export interface StepsProps {
  readonly label: string;
  readonly steps: readonly string[];
  /** Index of the present step; the number of steps when all are done. */
  readonly current: number;
}

/** Numbered discs with words, left to right; done ones show a tick. */
export function Steps({ label, steps, current }: StepsProps) {
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={styles.step}
          data-state={index < current ? 'done' : index === current ? 'current' : 'to-come'}
          {...(index === current ? { 'aria-current': 'step' } : {})}
        >
          <span className={styles.disc}>{index < current ? <IconCheck size={14} stroke={2} aria-hidden /> : index + 1}</span>
          <span className={styles.words}>
            {step}
            {index < current && <span className="sr">, {t('steps.done')}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
