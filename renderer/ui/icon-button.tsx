import { ActionIcon, Tooltip } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { useTabIndex } from './tab-stop.ts';

export interface IconButtonProps {
  readonly icon: Icon;
  /** What it does, for screen readers and the tooltip. */
  readonly label: string;
  readonly onClick: () => void;
  readonly size?: number;
  readonly isDisabled?: boolean;
}

/** An icon alone, with its name. */
export function IconButton({ icon: Shown, label, onClick, size = 32, isDisabled = false }: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon tabIndex={useTabIndex()} aria-label={label} onClick={onClick} size={size} disabled={isDisabled}>
        <Shown size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
