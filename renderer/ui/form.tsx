import type { ReactNode, SubmitEvent } from 'react';
import styles from './form.module.css';

export interface FormProps {
  readonly children: ReactNode;
  readonly onSubmit: () => void;
}

/** Fields one below another, which Enter sends as the button does. What is wrong the fields say themselves, never the browser. */
export function Form({ children, onSubmit }: FormProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      {children}
    </form>
  );
}
