import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import { DialogFrame } from './dialog-frame.tsx';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  /** The grey line under the title. */
  readonly line?: ReactNode;
  readonly children?: ReactNode;
  /** At the left of the foot: a way out such as "I forgot it". */
  readonly aside?: ReactNode;
  /** Buttons, the filled one last. */
  readonly actions: ReactNode;
  readonly width?: number;
}

/** A question or a small form above the page. Give the field or the safe button `takesFocus`. */
export function Dialog({ isOpen, onClose, title, line, children, aside, actions, width = 440 }: DialogProps) {
  return (
    <DialogFrame isOpen={isOpen} onClose={onClose} width={width}>
      <div className={styles.dialog}>
        <Modal.Title className={styles.title ?? ''}>{title}</Modal.Title>
        <Modal.CloseButton className={styles.close ?? ''} aria-label={t('window.close')} />
        {line !== undefined && <p className={styles.line}>{line}</p>}
        {children !== undefined && <div className={styles.content}>{children}</div>}
        <div className={styles.foot}>
          <div className={styles.aside}>{aside}</div>
          {actions}
        </div>
      </div>
    </DialogFrame>
  );
}
