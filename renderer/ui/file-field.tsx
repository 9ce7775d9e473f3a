import { Input } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { FileContent } from '../../main/contract/client.ts';
import { readFile } from '../state/read-file.ts';
import { ActionButton } from './action-button.tsx';
import { chooseFile } from './choose-file.ts';
import { wordingOf } from './error-notice.tsx';
import styles from './file-field.module.css';

export interface FileFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** "Choose the file". */
  readonly act: string;
  /** Endings, as in ".pem,.key". */
  readonly accept: string;
  /** Octets. */
  readonly maximumLength: number;
  readonly file: FileContent | undefined;
  readonly onFile: (file: FileContent) => void;
  readonly error?: ReactNode;
}

/** One file among other fields of a form: its name is shown, what is wrong with it stands below. */
export function FileField({ label, hint, act, accept, maximumLength, file, onFile, error }: FileFieldProps) {
  const [unread, setUnread] = useState<unknown>();
  const take = async (chosen: File) => {
    setUnread(undefined);
    try {
      onFile(await readFile(chosen, maximumLength));
    } catch (reason) {
      setUnread(reason);
    }
  };
  const fault = unread === undefined ? error : wordingOf(unread).text;
  return (
    <Input.Wrapper labelElement="div" label={label} description={hint} error={<span aria-live="polite">{fault}</span>}>
      <div className={styles.row}>
        <ActionButton icon={IconFile} onClick={() => chooseFile(accept, (chosen) => void take(chosen))}>
          {act}
        </ActionButton>
        {file !== undefined && <bdi className={styles.name}>{file.name}</bdi>}
      </div>
    </Input.Wrapper>
  );
}
