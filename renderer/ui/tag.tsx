import type { ReactNode } from 'react';
import styles from './tag.module.css';

/** The name of a standard, or another word for those who look for it. */
export function Tag({ children }: { readonly children: ReactNode }) {
  return <span className={styles.tag}>{children}</span>;
}
