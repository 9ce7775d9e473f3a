import type { ReactNode } from 'react';
import styles from './columns.module.css';

export interface ColumnsProps {
  /** The work, left. */
  readonly children: ReactNode;
  /** The context, right. */
  readonly side: ReactNode;
  /** Width of the context: 316, or what the page needs. */
  readonly sideWidth?: number;
}

/** Work left, context right; one column below 1000 px. */
export function Columns({ children, side, sideWidth = 316 }: ColumnsProps) {
  return (
    <div className={styles.columns} style={{ '--side': `${sideWidth}px` }}>
      <div className={styles.column}>{children}</div>
      <div className={styles.column}>{side}</div>
    </div>
  );
}
