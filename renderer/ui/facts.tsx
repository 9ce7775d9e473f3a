import type { ReactNode } from 'react';
import styles from './facts.module.css';

export interface FactsProps {
  readonly rows: readonly { readonly term: string; readonly value: ReactNode }[];
  /** Width of the terms. */
  readonly termWidth?: number;
}

/** What is on record: term and value. */
export function Facts({ rows, termWidth = 96 }: FactsProps) {
  return (
    <dl className={styles.facts} style={{ '--term': `${termWidth}px` }}>
      {rows.map((row) => (
        <div key={row.term} className={styles.row}>
          <dt className={styles.term}>{row.term}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
