import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './save-log-dialog.module.css';

/** Takes note of a witness by its key and address. Nothing is sent. */
export function AddWitnessDialog({ onClose }: { readonly onClose: () => void }) {
  const [vkey, setVkey] = useState('');
  const [url, setUrl] = useState('');
  const command = useCommand('witnesses.add');
  const announce = useAnnounce();
  const add = async () => {
    const added = await command.run({ vkey: vkey.trim(), url: url.trim() });
    if (added === undefined) return;
    announce(t('witnesses.added', { name: added.name }));
    onClose();
  };
  const isReady = vkey.trim() !== '' && /^https?:\/\/\S+$/.test(url.trim());
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning}>
        {t('witnesses.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void add()} isWorking={command.isRunning} isDisabled={!isReady}>
        {t('witnesses.add')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('witnesses.add-title')} line={t('witnesses.add-line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <TextField label={t('witnesses.vkey')} hint={t('witnesses.vkey-hint')} value={vkey} onChange={setVkey} maxLength={400} takesFocus />
        <TextField label={t('witnesses.url')} hint={t('witnesses.url-hint')} value={url} onChange={setUrl} maxLength={1000} />
      </div>
    </Dialog>
  );
}
