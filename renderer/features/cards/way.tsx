import { UnstyledButton } from '@mantine/core';
import { IconChevronRight, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './card-dialogs.module.css';

export interface WayProps {
  readonly icon: Icon;
  readonly title: ReactNode;
  readonly text: ReactNode;
  readonly takesFocus?: boolean;
  readonly onClick: () => void;
}

/** One of a few ways on, as a button of a whole line: what it is, and what it costs or does. */
export function Way({ icon: Shown, title, text, takesFocus = false, onClick }: WayProps) {
  return (
    <UnstyledButton className={styles.way} onClick={onClick} {...(takesFocus ? { 'data-autofocus': true } : {})}>
      <Shown className={styles.icon ?? ''} size={18} stroke={1.75} aria-hidden />
      <span className={styles.wayWords}>
        <span className={styles.partTitle}>{title}</span>
        <span className={styles.small}>{text}</span>
      </span>
      <IconChevronRight size={18} stroke={1.75} aria-hidden />
    </UnstyledButton>
  );
}
