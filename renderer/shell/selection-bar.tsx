import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { BottomBar } from './bottom-bar.tsx';
import styles from './selection-bar.module.css';

export interface SelectionBarProps {
  /** "3 people selected". */
  readonly words: string;
  readonly onClear: () => void;
  /** The filled button last, naming the count. */
  readonly actions: ReactNode;
}

/** What can be done with the chosen rows; shown while there are some. */
export function SelectionBar({ words, onClear, actions }: SelectionBarProps) {
  return (
    <BottomBar label={words} actions={actions}>
      <strong className={styles.words}>{words}</strong>
      <LinkButton icon={IconX} onClick={onClear}>
        {t('window.clear')}
      </LinkButton>
    </BottomBar>
  );
}
