import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { algorithmName } from '../certificates/names.ts';
import { MadeRequest } from '../requests/made-request.tsx';
import { algorithms } from './new-authority.ts';
import styles from './authority-dialogs.module.css';

/** Makes an authority's key here and the request that is carried to where the key above it is. */
export function RequestAuthorityDialog({ onClose }: { readonly onClose: () => void }) {
  const command = useCommand('offline.request');
  const [name, setName] = useState('');
  const [algorithm, setAlgorithm] = useState<(typeof algorithms)[number]>('p384');
  const [file, setFile] = useState<FileContent>();
  if (file !== undefined)
    return <MadeRequest file={file} title={t('carried.made', { name: name.trim() })} line={t('carried.made-line')} onClose={onClose} />;
  const make = async () => setFile((await command.run({ name, algorithm }))?.file);
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning}>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void make()} isDisabled={name.trim() === ''} isWorking={command.isRunning}>
        {t('outside.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('carried.title')} line={t('carried.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <TextField
          label={t('new-authority.name')}
          hint={t('new-authority.name-hint')}
          value={name}
          onChange={setName}
          maxLength={64}
          isRequired
          takesFocus
        />
        <SelectField
          label={t('new-authority.algorithm')}
          value={algorithm}
          options={algorithms.map((value) => ({ value, label: algorithmName(value) }))}
          onChange={setAlgorithm}
        />
      </div>
    </Dialog>
  );
}
