import type { ReactNode } from 'react';
import { ShownSecret } from './shown-secret.tsx';
import styles from './secret-box.module.css';

export interface SecretBoxProps {
  readonly name: string;
  readonly text: string;
  /** Beside it: what can be done with it. */
  readonly act?: ReactNode;
  /** Under it: that it is shown once, and what to do. */
  readonly line: ReactNode;
}

/** A password that is shown once. */
export function SecretBox({ name, text, act, line }: SecretBoxProps) {
  return (
    <div className={styles.box}>
      <p className={styles.name}>{name}</p>
      <div className={styles.secret}>
        <ShownSecret text={text} label={name} />
        {act}
      </div>
      <p className={styles.line}>{line}</p>
    </div>
  );
}
