import { IconFlag } from '@tabler/icons-react';
import { useState } from 'react';
import { Permitted } from '../../shell/permitted.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { CollectDialog, type Evidence } from './collect-dialog.tsx';

export interface CollectButtonProps {
  readonly evidence: Evidence;
  readonly words: string;
  /** What it does, where its words alone do not say about what. */
  readonly label?: string;
  readonly size?: 'row';
}

/** Has something looked into, for those who may. */
export function CollectButton({ evidence, words, label, size }: CollectButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Permitted call="incidents.open">
      <ActionButton
        {...(size === undefined ? { icon: IconFlag } : { size })}
        {...(label === undefined ? {} : { label })}
        onClick={() => setOpen(true)}
      >
        {words}
      </ActionButton>
      {isOpen && <CollectDialog evidence={evidence} onClose={() => setOpen(false)} />}
    </Permitted>
  );
}
