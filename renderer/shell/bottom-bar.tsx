import type { ReactNode } from 'react';
import styles from './bottom-bar.module.css';

export interface BottomBarProps {
  /** What was chosen, or the way back. */
  readonly children?: ReactNode;
  /** What will happen to the rest, in grey. */
  readonly note?: ReactNode;
  /** The decision; the filled button last. */
  readonly actions: ReactNode;
  /** Named when it appears by choosing rows. */
  readonly label?: string;
}

/** The bar that holds a page's decision. */
export function BottomBar({ children, note, actions, label }: BottomBarProps) {
  return (
    <div className={styles.bar} {...(label === undefined ? {} : { role: 'region', 'aria-label': label })}>
      <div className={styles.start}>{children}</div>
      {note !== undefined && <p className={styles.note}>{note}</p>}
      <div className={styles.actions}>{actions}</div>
    </div>
  );
}
