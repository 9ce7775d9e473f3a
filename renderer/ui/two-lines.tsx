import type { ReactNode } from 'react';
import styles from './two-lines.module.css';

export interface TwoLinesProps {
  /** An `Avatar` or an icon. */
  readonly picture?: ReactNode;
  readonly first: ReactNode;
  readonly second?: ReactNode;
}

/** The first cell of a row: name and address, with the avatar before them. */
export function TwoLines({ picture, first, second }: TwoLinesProps) {
  return (
    <span className={styles.root}>
      {picture}
      <span className={styles.words}>
        <span className={styles.first}>{first}</span>
        {second !== undefined && <span className={styles.second}>{second}</span>}
      </span>
    </span>
  );
}
