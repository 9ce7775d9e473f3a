import type { ReactNode } from 'react';
import { StatusShape } from './status-shape.tsx';
import type { State } from './status.ts';
import styles from './thread.module.css';

export interface ThreadItem {
  readonly id: string;
  readonly state: State;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Who, in a column of its own. */
  readonly who?: ReactNode;
  /** A `DateText`. */
  readonly time: ReactNode;
}

export interface ThreadProps {
  readonly label: string;
  readonly items: readonly ThreadItem[];
}

/** What happened, one after the other, on a thread. With details the lines stand wider apart. */
export function Thread({ label, items }: ThreadProps) {
  const isWide = items.some((item) => item.detail !== undefined);
  return (
    <ol aria-label={label}>
      {items.map((item) => (
        <li key={item.id} className={styles.item} data-wide={isWide}>
          <span className={styles.shape}>
            <StatusShape state={item.state} size={isWide ? 18 : 16} label />
          </span>
          <div className={styles.words}>
            <p className={styles.title}>{item.title}</p>
            {item.detail !== undefined && <p className={styles.detail}>{item.detail}</p>}
          </div>
          {item.who !== undefined && <span className={styles.who}>{item.who}</span>}
          <span className={styles.time}>{item.time}</span>
        </li>
      ))}
    </ol>
  );
}
