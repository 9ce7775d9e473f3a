import type { ReactNode } from 'react';
import styles from './consequence.module.css';

export interface ConsequenceProps {
  /** "Stops working, for good". */
  readonly title: string;
  /** Each with a line icon of 18 px, or with when it happens. */
  readonly items?: readonly { readonly icon?: ReactNode; readonly when?: string; readonly text: ReactNode }[];
  /** Or a sentence. */
  readonly children?: ReactNode;
}

/** One part of what an act will do. */
export function Consequence({ title, items = [], children }: ConsequenceProps) {
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      {items.length > 0 && (
        <ul className={styles.list}>
          {items.map((item, index) => (
            <li key={index} className={styles.item}>
              {item.icon !== undefined && <span className={styles.icon}>{item.icon}</span>}
              {item.when !== undefined && <span className={styles.when}>{item.when}</span>}
              <span>{item.text}</span>
            </li>
          ))}
        </ul>
      )}
      {children !== undefined && <p className={styles.text}>{children}</p>}
    </section>
  );
}
