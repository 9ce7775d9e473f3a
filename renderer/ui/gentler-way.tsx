import type { ReactNode } from 'react';
import { StatusShape } from './status-shape.tsx';
import type { State } from './status.ts';
import styles from './gentler-way.module.css';

export interface GentlerWayProps {
  readonly state: State;
  /** "Might it turn up?" */
  readonly title: string;
  readonly children: ReactNode;
  /** One button of row size. */
  readonly action: ReactNode;
}

/** Another way, beside the one that cannot be undone. */
export function GentlerWay({ state, title, children, action }: GentlerWayProps) {
  return (
    <div className={styles.root}>
      <StatusShape state={state} size={18} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        <p className={styles.text}>{children}</p>
      </div>
      {action}
    </div>
  );
}
