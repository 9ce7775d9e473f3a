import type { Icon } from '@tabler/icons-react';
import { t } from '../i18n/translate.ts';
import styles from './step-ladder.module.css';

export interface LadderStep {
  readonly icon: Icon;
  readonly title: string;
  readonly detail: string;
}

export interface StepLadderProps {
  readonly label: string;
  readonly steps: readonly LadderStep[];
  readonly current: number;
}

/** Steps from top to bottom with their pictures: the orientation of the first run. */
export function StepLadder({ label, steps, current }: StepLadderProps) {
  return (
    <ol aria-label={label}>
      {steps.map(({ icon: Shown, title, detail }, index) => (
        <li key={title} className={styles.step} data-reached={index <= current} {...(index === current ? { 'aria-current': 'step' } : {})}>
          <span className={styles.disc} data-current={index === current}>
            <Shown size={18} stroke={1.75} aria-hidden />
          </span>
          <span className={styles.words}>
            <span className={styles.title} data-current={index === current}>
              {title}
              {index < current && <span className="sr">, {t('steps.done')}</span>}
            </span>
            <span className={styles.detail}>{detail}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
