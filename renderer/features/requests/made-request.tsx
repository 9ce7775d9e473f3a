import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './request-dialog.module.css';

export interface MadeRequestProps {
  readonly file: FileContent;
  readonly title: string;
  /** What is to be done with the file. */
  readonly line: string;
  readonly onClose: () => void;
}

/** A file that goes elsewhere is made: save it. It can be had again where it waits. */
export function MadeRequest({ file, title, line, onClose }: MadeRequestProps) {
  const files = useSaveFiles();
  const [path, setPath] = useState<string>();
  const save = async () => setPath((await files.save(t('outside.save-title'), [file])) ?? path);
  const isSaved = path !== undefined;
  const actions = (
    <>
      <ActionButton kind={isSaved ? 'filled' : 'default'} onClick={onClose}>
        {t('request.close')}
      </ActionButton>
      <ActionButton
        kind={isSaved ? 'default' : 'filled'}
        icon={IconDeviceFloppy}
        onClick={() => void save()}
        isWorking={files.isSaving}
        takesFocus
      >
        {t('outside.save')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} line={line} width={560} actions={actions}>
      <div className={styles.rows}>
        {files.error !== undefined && <ErrorNotice error={files.error} />}
        <StatusText state={isSaved ? 'fine' : 'waiting'} isSentence>
          {isSaved ? t('request.saved', { path }) : t('request.not-saved')}
        </StatusText>
      </div>
    </Dialog>
  );
}
