import type { ReactNode } from 'react';
import { ActionButton } from './action-button.tsx';
import { Dialog } from './dialog.tsx';

export interface DoneDialogProps {
  readonly title: ReactNode;
  /** How things stand now, and what comes next. */
  readonly children: ReactNode;
  readonly close: string;
  readonly onClose: () => void;
}

/** What was done, until somebody closes it. */
export function DoneDialog({ title, children, close, onClose }: DoneDialogProps) {
  const action = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {close}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} actions={action} width={520}>
      {children}
    </Dialog>
  );
}
