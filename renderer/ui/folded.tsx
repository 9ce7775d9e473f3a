import type { ReactNode } from 'react';
import styles from './folded.module.css';

/** Advanced choices and exact messages: there, and folded. */
export function Folded({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className={styles.root}>
      <summary className={styles.title}>{title}</summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
