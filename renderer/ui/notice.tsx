import type { ReactNode } from 'react';
import { StatusShape } from './status-shape.tsx';
import { toneOf, type State } from './status.ts';
import styles from './notice.module.css';

export interface NoticeProps {
  readonly state: State;
  /** The one bold sentence: what is. */
  readonly title: ReactNode;
  /** The one grey sentence: what to do, or what it means. */
  readonly children?: ReactNode;
  /** At most one button. */
  readonly action?: ReactNode;
  /** Short facts before the button. */
  readonly aside?: ReactNode;
  /** A line icon in place of the shape. */
  readonly icon?: ReactNode;
  /** Announces itself when it appears: assertively for what stops the work. */
  readonly live?: 'polite' | 'assertive';
}

/** The one thing a page has to say. */
export function Notice({ state, title, children, action, aside, icon, live }: NoticeProps) {
  const role = live === undefined ? {} : { role: live === 'assertive' ? 'alert' : 'status' };
  return (
    <div className={styles.root} data-tone={toneOf[state]} {...role}>
      <span className={icon === undefined ? styles.shape : styles.icon}>{icon ?? <StatusShape state={state} size={20} label />}</span>
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children !== undefined && <div className={styles.text}>{children}</div>}
      </div>
      {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
