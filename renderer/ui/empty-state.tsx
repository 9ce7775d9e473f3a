import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

export interface EmptyStateProps {
  /** A line picture, such as `StaffListPicture`. */
  readonly picture?: ReactNode;
  readonly title: string;
  /** What to bring. */
  readonly children: ReactNode;
  /** One filled button and one other way. */
  readonly actions?: ReactNode;
  /** An example to download. */
  readonly example?: ReactNode;
}

/** Says how to begin. */
export function EmptyState({ picture, title, children, actions, example }: EmptyStateProps) {
  return (
    <div className={styles.root}>
      {picture}
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.lead}>{children}</p>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      {example !== undefined && <div className={styles.example}>{example}</div>}
    </div>
  );
}
