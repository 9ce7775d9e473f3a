import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { readFile } from '../../state/read-file.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { chooseFile } from '../../ui/choose-file.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DropZone } from '../../ui/drop-zone.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import styles from './request-dialog.module.css';

const endings = '.csr,.req,.pem,.p10,.der,.txt';
const maximumLength = 1024 * 1024;

export interface ChooseRequestProps {
  readonly onFile: (file: FileContent) => void;
  readonly onClose: () => void;
}

/** Takes the file of a request by dropping or choosing. */
export function ChooseRequest({ onFile, onClose }: ChooseRequestProps) {
  const [error, setError] = useState<unknown>();
  const take = async (file: File) => {
    setError(undefined);
    try {
      onFile(await readFile(file, maximumLength));
    } catch (reason) {
      setError(reason);
    }
  };
  const choose = () => chooseFile(endings, (file) => void take(file));
  const button = (
    <ActionButton kind="filled" icon={IconFileText} onClick={choose} takesFocus>
      {t('request.choose')}
    </ActionButton>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('request.title')}
      line={t('request.line')}
      width={560}
      actions={<ActionButton onClick={onClose}>{t('request.not-now')}</ActionButton>}
    >
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <DropZone onFile={(file) => void take(file)}>
          <EmptyState title={t('request.drop')} actions={button}>
            {t('request.drop-text')}
          </EmptyState>
        </DropZone>
      </div>
    </Dialog>
  );
}
