import { t } from '../i18n/translate.ts';
import styles from './tries-left.module.css';

export interface TriesLeftProps {
  readonly left: number;
  readonly of: number;
  /** "2 of 3 tries left" after the pips; without it they carry it as their name. */
  readonly withWords?: boolean;
  readonly size?: number;
}

/** Tries left as pips: the last one is a brick-coloured square, spent ones are empty. */
export function TriesLeft({ left, of, withWords = true, size = 12 }: TriesLeftProps) {
  const words = t('tries.left', { count: left, of });
  const pips = Array.from({ length: of }, (_, index) => (index >= left ? 'spent' : left === 1 ? 'last' : 'left'));
  return (
    <span className={styles.root}>
      <span className={styles.pips} {...(withWords ? { 'aria-hidden': true } : { role: 'img', 'aria-label': words })}>
        {pips.map((pip, index) => (
          <span key={index} className={styles.pip} data-pip={pip} style={{ width: size, height: size }} />
        ))}
      </span>
      {withWords && words}
    </span>
  );
}
