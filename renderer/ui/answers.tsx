import type { ReactNode } from 'react';
import styles from './answers.module.css';

export interface Answer {
  /** "Whose is it?" */
  readonly question: string;
  readonly answer: ReactNode;
  readonly detail?: ReactNode;
}

/** Questions people ask about a thing, and their answers in words. */
export function Answers({ rows }: { readonly rows: readonly Answer[] }) {
  return (
    <dl>
      {rows.map((row) => (
        <div key={row.question} className={styles.row}>
          <dt className={styles.question}>{row.question}</dt>
          <dd className={styles.words}>
            <div className={styles.answer}>{row.answer}</div>
            {row.detail !== undefined && <div className={styles.detail}>{row.detail}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
