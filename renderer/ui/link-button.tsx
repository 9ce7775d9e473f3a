import { UnstyledButton } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTabIndex } from './tab-stop.ts';
import styles from './link-button.module.css';

export interface LinkButtonProps {
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly icon?: Icon;
  /** Underlined, inside running text. */
  readonly isInText?: boolean;
  /** When the words alone do not say of what. */
  readonly label?: string;
}

/** Words that lead somewhere: at the edge of a panel, under a form, in a sentence. */
export function LinkButton({ children, onClick, icon: Shown, isInText = false, label }: LinkButtonProps) {
  return (
    <UnstyledButton
      tabIndex={useTabIndex()}
      className={styles.root}
      data-in-text={isInText}
      onClick={onClick}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {Shown !== undefined && <Shown size={16} stroke={1.75} aria-hidden />}
      {children}
    </UnstyledButton>
  );
}
