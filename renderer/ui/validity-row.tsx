import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusShape } from './status-shape.tsx';
import { toneOf, type State } from './status.ts';
import { TimeAxis } from './time-axis.tsx';
import type { TimeScale } from './time-scale.ts';
import { ValidityBar, type ValiditySpan } from './validity-bar.tsx';
import styles from './validity-row.module.css';

export interface ValidityRowProps {
  readonly icon: Icon;
  /** "Signs her mail". */
  readonly title: string;
  /** Where its key is. */
  readonly detail: ReactNode;
  readonly scale: TimeScale;
  readonly spans: readonly ValiditySpan[];
  readonly state: State;
  /** "12 days", "Revoked". */
  readonly left: ReactNode;
  /** "to 5 Dec 2026". */
  readonly until: ReactNode;
}

/** What a key is for, its validity as a picture, and the answer in words. */
export function ValidityRow({ icon: Shown, title, detail, scale, spans, state, left, until }: ValidityRowProps) {
  return (
    <div className={styles.row}>
      <Shown className={styles.icon} size={18} stroke={1.75} aria-hidden />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        <p className={styles.detail}>{detail}</p>
      </div>
      <ValidityBar scale={scale} spans={spans} />
      <div className={styles.answer}>
        <StatusShape state={state} label />
        <div>
          <p className={styles.left} data-tone={toneOf[state]}>
            {left}
          </p>
          <p className={styles.detail}>{until}</p>
        </div>
      </div>
    </div>
  );
}

/** The axis under rows, in their column. */
export function ValidityAxis({ scale }: { readonly scale: TimeScale }) {
  return (
    <div className={styles.row} data-axis>
      <span />
      <span />
      <TimeAxis scale={scale} />
    </div>
  );
}
