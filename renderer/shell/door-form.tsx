import { useEffect, useRef, type SubmitEvent, type ReactNode } from 'react';
import styles from './door-form.module.css';

export interface DoorFormProps {
  /** The one question. */
  readonly title: ReactNode;
  /** Above it, small: "Step 1 of 4". */
  readonly step?: string;
  /** Under it. */
  readonly line?: ReactNode;
  readonly level?: 1 | 2;
  /** Where no field takes the focus, the question does, so that it is read. */
  readonly takesFocus?: boolean;
  readonly children: ReactNode;
  /** The filled button first, then the way back. */
  readonly actions?: ReactNode;
  /** Under them: another way. */
  readonly after?: ReactNode;
  readonly onSubmit: () => void;
}

/** One question at the door, answered with Enter. */
export function DoorForm({ title, step, line, level = 2, takesFocus = false, children, actions, after, onSubmit }: DoorFormProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const Heading = level === 1 ? 'h1' : 'h2';
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <div className={styles.head}>
        {step !== undefined && <p className={styles.step}>{step}</p>}
        <Heading ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </Heading>
        {line !== undefined && <p className={styles.line}>{line}</p>}
      </div>
      {children}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      {after}
    </form>
  );
}
