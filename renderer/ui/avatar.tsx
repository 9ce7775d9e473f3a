import { initialsOf } from '../i18n/initials.ts';
import { languageOf } from '../i18n/language-of.ts';
import styles from './avatar.module.css';

export interface AvatarProps {
  readonly name: string;
  /** 30 in lists, 48 on the person's page. */
  readonly size?: number;
}

/** Initials in a disc. Silent: the name stands beside it. */
export function Avatar({ name, size = 30 }: AvatarProps) {
  return (
    <span
      className={styles.root}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.36) }}
      lang={languageOf(name)}
      aria-hidden
    >
      {initialsOf(name)}
    </span>
  );
}
