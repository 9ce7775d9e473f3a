import { useId, type ReactNode } from 'react';
import styles from './panel.module.css';

export interface PanelProps {
  readonly title?: ReactNode;
  /** Grey words after the title. */
  readonly hint?: ReactNode;
  /** A text button or an icon button at the right edge. */
  readonly action?: ReactNode;
  /** The panel of the next step stands out by the accent. */
  readonly isNextStep?: boolean;
  /** Content from edge to edge, as rows with their own padding. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

/** A flat surface with a title. No panel inside a panel. */
export function Panel({ title, hint, action, isNextStep = false, isFlush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={styles.root} data-next={isNextStep} {...(title === undefined ? {} : { 'aria-labelledby': id })}>
      {title !== undefined && (
        <div className={styles.head}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {hint !== undefined && <span className={styles.hint}>{hint}</span>}
          {action !== undefined && <span className={styles.action}>{action}</span>}
        </div>
      )}
      <div className={isFlush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
