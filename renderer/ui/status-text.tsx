import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import { StatusShape } from './status-shape.tsx';
import { toneOf, type State } from './status.ts';
import styles from './status-text.module.css';

export interface StatusTextProps {
  readonly state: State;
  readonly size?: number;
  /** A whole explaining sentence stays ink; a short state takes its colour, except "fine". */
  readonly isSentence?: boolean;
  /** Left out: the state's own word. */
  readonly children?: ReactNode;
}

/** Shape and words together. */
export function StatusText({ state, size = 16, isSentence = false, children }: StatusTextProps) {
  const isInk = isSentence || state === 'fine' || toneOf[state] === 'accent';
  return (
    <span className={styles.root}>
      <span className={styles.shape}>
        <StatusShape state={state} size={size} />
      </span>
      <span className={styles.words} data-tone={isInk ? 'ink' : toneOf[state]}>
        {children ?? t(`state.${state}`)}
      </span>
    </span>
  );
}
