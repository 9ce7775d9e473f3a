import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './save-log-dialog.module.css';

/** Octets of certificates in one file. */
const longestTrust = 262_144;

/** Asks an authority, over the network, to put its time under the newest total. */
export function TimeStampDialog({ onClose }: { readonly onClose: () => void }) {
  const announce = useAnnounce();
  const { reload } = useQuery('audit.checkpointProofs', {}, { isStill: true });
  const command = useCommand('audit.timeStamp');
  const [url, setUrl] = useState('');
  const [trust, setTrust] = useState<FileContent>();
  const ask = async () => {
    if (trust === undefined || (await command.run({ url: url.trim(), trust: [trust] })) === undefined) return;
    announce(t('time-stamp.done'));
    await reload();
    onClose();
  };
  const isReady = /^https?:\/\/\S+$/.test(url.trim()) && trust !== undefined;
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning}>
        {t('time-stamp.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void ask()} isWorking={command.isRunning} isDisabled={!isReady}>
        {t('time-stamp.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('time-stamp.title')} line={t('time-stamp.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <TextField label={t('time-stamp.url')} hint={t('time-stamp.url-hint')} value={url} onChange={setUrl} maxLength={1000} takesFocus />
        <FileField
          label={t('time-stamp.trust')}
          hint={t('time-stamp.trust-hint')}
          act={t('time-stamp.choose')}
          accept=".pem,.crt,.cer,.der"
          maximumLength={longestTrust}
          file={trust}
          onFile={setTrust}
        />
      </div>
    </Dialog>
  );
}
