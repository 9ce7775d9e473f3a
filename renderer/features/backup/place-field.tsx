import { Input } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { ActionButton } from '../../ui/action-button.tsx';
import lines from '../../ui/panel-list.module.css';
import styles from './backup.module.css';

export interface PlaceFieldProps {
  readonly label: string;
  readonly icon: Icon;
  /** "Choose the folder". */
  readonly act: string;
  readonly path: string | undefined;
  /** Lets the person choose; null when they chose nothing. */
  readonly choose: () => Promise<string | null>;
  readonly onPath: (path: string) => void;
  readonly onError: (error: unknown) => void;
}

/** A place on this computer, named by where it is. */
export function PlaceField({ label, icon, act, path, choose, onPath, onError }: PlaceFieldProps) {
  const ask = async () => {
    try {
      const chosen = await choose();
      if (chosen !== null) onPath(chosen);
    } catch (error) {
      onError(error);
    }
  };
  return (
    <Input.Wrapper labelElement="div" label={label}>
      <div className={styles.ways}>
        <ActionButton icon={icon} onClick={() => void ask()}>
          {act}
        </ActionButton>
      </div>
      {path !== undefined && (
        <p className={lines.more}>
          <bdi className={styles.path}>{path}</bdi>
        </p>
      )}
    </Input.Wrapper>
  );
}
