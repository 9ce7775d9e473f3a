import styles from './shown-secret.module.css';

export interface ShownSecretProps {
  readonly text: string;
  /** What it is, for screen readers: "Password for the file". */
  readonly label: string;
}

/**
 * A secret that is shown once, to be read, printed or written down. It cannot be marked and has no button to copy it:
 * every other program reads the clipboard, some keep what was on it, and some send it to other machines.
 */
export function ShownSecret({ text, label }: ShownSecretProps) {
  return (
    <span role="group" aria-label={label} className={styles.secret}>
      {text}
    </span>
  );
}
