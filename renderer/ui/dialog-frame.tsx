import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog-frame.module.css';

export interface DialogFrameProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Pixels; narrower where the window is. */
  readonly width: number;
  /** Hangs this far from the top; else it is in the middle. */
  readonly top?: number;
  /** A name for screen readers, where no `Modal.Title` gives one. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** What floats above the page: scrim, edge, shadow, and the focus kept inside. */
export function DialogFrame({ isOpen, onClose, width, top, label, children }: DialogFrameProps) {
  const place = top === undefined ? { centered: true } : { yOffset: top };
  const name = label === undefined ? {} : { 'aria-label': label };
  return (
    <Modal.Root
      opened={isOpen}
      onClose={onClose}
      size={width}
      radius="lg"
      // Only parts of the page scroll, and the lock would need a style without our nonce.
      lockScroll={false}
      transitionProps={{ duration: 160, transition: 'fade' }}
      {...place}
    >
      <Modal.Overlay color="var(--kw-scrim)" backgroundOpacity={1} />
      <Modal.Content radius="lg" {...name}>
        <div className={styles.frame}>{children}</div>
      </Modal.Content>
    </Modal.Root>
  );
}
