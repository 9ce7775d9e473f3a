import type { ReactNode } from 'react';
import { ActionButton } from './action-button.tsx';
import { StatusShape } from './status-shape.tsx';
import type { State } from './status.ts';
import styles from './todo-row.module.css';

export interface TodoRowProps {
  readonly state: State;
  /** What is. */
  readonly sentence: ReactNode;
  /** What it means. */
  readonly why: ReactNode;
  /** A `DateText`, or words such as "Today". */
  readonly due?: ReactNode;
  /** Left out where it is somebody else’s to deal with. */
  readonly action?: { readonly text: string; readonly onClick: () => void; readonly label?: string };
  /** The first row's button is the filled one. */
  readonly isMostUrgent?: boolean;
}

/** One thing that needs somebody, and the button that deals with it. Stands in a `TodoList`. */
export function TodoRow({ state, sentence, why, due, action, isMostUrgent = false }: TodoRowProps) {
  return (
    <li className={styles.row}>
      <span className={styles.shape}>
        <StatusShape state={state} size={18} label />
      </span>
      <div className={styles.words}>
        <div className={styles.first}>
          <p className={styles.sentence}>{sentence}</p>
          {due !== undefined && <span className={styles.due}>{due}</span>}
        </div>
        <p className={styles.why}>{why}</p>
      </div>
      {action !== undefined && (
        <div className={styles.action}>
          <ActionButton
            size="row"
            kind={isMostUrgent ? 'filled' : 'default'}
            onClick={action.onClick}
            isWide
            {...(action.label === undefined ? {} : { label: action.label })}
          >
            {action.text}
          </ActionButton>
        </div>
      )}
    </li>
  );
}
