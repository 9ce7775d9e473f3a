import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useAskedManagementKey } from '../cards/management-key-field.tsx';
import { useAskedPin } from '../cards/pin-field.tsx';
import { isWrongPin } from '../cards/pin-words.ts';
import { MadeRequest } from '../requests/made-request.tsx';
import { KeyPlace, onTokenOf, useKeyPlace, type TypedKey } from './key-place.tsx';
import styles from './authority-dialogs.module.css';

/** Makes an authority's key, here or on a card, and the request that is carried to where the key above it is. */
export function RequestAuthorityDialog({ onClose }: { readonly onClose: () => void }) {
  const command = useCommand('offline.request');
  const [name, setName] = useState('');
  const [key, setKey] = useState<TypedKey>({ algorithm: 'p384', token: '' });
  const management = useAskedManagementKey();
  const card = useKeyPlace(key);
  const pin = useAskedPin(card);
  const [file, setFile] = useState<FileContent>();
  if (file !== undefined)
    return <MadeRequest file={file} title={t('carried.made', { name: name.trim() })} line={t('carried.made-line')} onClose={onClose} />;
  const make = async () => {
    const onToken = card === undefined ? {} : onTokenOf(card, pin.take(), management);
    if (onToken !== undefined) setFile((await command.run({ name, algorithm: key.algorithm, ...onToken }))?.file);
  };
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
        {command.error !== undefined && !isWrongPin(command.error) && <ErrorNotice error={command.error} />}
        <TextField
          label={t('new-authority.name')}
          hint={t('new-authority.name-hint')}
          value={name}
          onChange={setName}
          maxLength={64}
          isRequired
          takesFocus
        />
        <KeyPlace
          typed={key}
          onChange={(changed) => setKey({ ...key, ...changed })}
          pin={pin}
          management={management}
          error={command.error}
        />
      </div>
    </Dialog>
  );
}
