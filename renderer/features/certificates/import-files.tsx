import { Input } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { readFile } from '../../state/read-file.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { chooseFiles } from '../../ui/choose-file.ts';
import { wordingOf } from '../../ui/error-notice.tsx';
import styles from './import-dialog.module.css';

/** Larger files are for the command line. Octets. */
const maximumLength = 16 * 1024 * 1024;

export interface ImportFilesProps {
  readonly files: readonly FileContent[];
  readonly onFiles: (brought: readonly FileContent[]) => void;
}

/** As many files as somebody has, by what is in them. */
export function ImportFiles({ files, onFiles }: ImportFilesProps) {
  const [unread, setUnread] = useState<unknown>();
  const take = async (chosen: readonly File[]) => {
    setUnread(undefined);
    try {
      onFiles(await Promise.all(chosen.map((file) => readFile(file, maximumLength))));
    } catch (reason) {
      setUnread(reason);
    }
  };
  const fault = unread === undefined ? undefined : wordingOf(unread).text;
  return (
    <Input.Wrapper
      labelElement="div"
      label={t('certificate-import.files')}
      description={t('certificate-import.files-hint')}
      error={<span aria-live="polite">{fault}</span>}
    >
      <div className={styles.files}>
        <ActionButton icon={IconFile} onClick={() => chooseFiles((chosen) => void take(chosen))}>
          {t('certificate-import.choose')}
        </ActionButton>
        {files.map(({ name }, at) => (
          <bdi key={`${at} ${name}`}>{name}</bdi>
        ))}
      </div>
    </Input.Wrapper>
  );
}
