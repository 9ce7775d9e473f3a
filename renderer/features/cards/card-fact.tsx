import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './card-sheet.module.css';

export interface FactProps {
  readonly icon: Icon;
  readonly term: string;
  readonly children: ReactNode;
}

/** One thing to know of a card, in a list of them. */
export const Fact = ({ icon: Shown, term, children }: FactProps) => (
  <div className={styles.fact}>
    <dt className={styles.term}>
      <Shown className={styles.icon ?? ''} size={18} stroke={1.75} aria-hidden />
      {term}
    </dt>
    <dd className={styles.value}>{children}</dd>
  </div>
);
