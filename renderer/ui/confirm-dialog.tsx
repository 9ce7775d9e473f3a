import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import { ActionButton } from './action-button.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import styles from './confirm-dialog.module.css';

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What is: "Dr. Okafor's card 4471 is gone". */
  readonly title: ReactNode;
  readonly line?: ReactNode;
  /** A line icon, 26 px. */
  readonly icon?: ReactNode;
  /** Left: what we need to know, and the gentler way (`GentlerWay`). */
  readonly children: ReactNode;
  /** Right: what will happen, as `Consequence` parts. */
  readonly consequences: ReactNode;
  /** Verb, object and number: "Revoke card 4471 now". */
  readonly act: string;
  readonly onAct: () => void;
  readonly isActing?: boolean;
  /** While something needed is missing. */
  readonly cannotAct?: boolean;
}

/** Before an act that cannot be undone. The safe choice holds the focus; the act's button is the only brick one. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  line,
  icon,
  children,
  consequences,
  act,
  onAct,
  isActing = false,
  cannotAct = false,
}: ConfirmDialogProps) {
  return (
    <DialogFrame isOpen={isOpen} onClose={onClose} width={840}>
      <div className={styles.head}>
        {icon !== undefined && <span className={styles.icon}>{icon}</span>}
        <div>
          <Modal.Title className={styles.title ?? ''}>{title}</Modal.Title>
          {line !== undefined && <p className={styles.line}>{line}</p>}
        </div>
      </div>
      {/* Scrolls where the window is small, and must then be reached by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.columns} tabIndex={0}>
        <div className={styles.questions}>{children}</div>
        <div className={styles.consequences}>{consequences}</div>
      </div>
      <div className={styles.foot}>
        <p className={styles.forever}>{t('confirm.forever')}</p>
        <ActionButton onClick={onClose} takesFocus>
          {t('confirm.nothing')}
        </ActionButton>
        <ActionButton kind="stop" onClick={onAct} isWorking={isActing} isDisabled={cannotAct}>
          {act}
        </ActionButton>
      </div>
    </DialogFrame>
  );
}
