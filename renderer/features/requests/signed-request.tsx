import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './request-dialog.module.css';

/** The certificate is made: save it for whoever asked. */
export function SignedRequest({ certificate, onClose }: { readonly certificate: string; readonly onClose: () => void }) {
  const go = useGo();
  const command = useCommand('certificates.export');
  const files = useSaveFiles();
  const [path, setPath] = useState<string>();
  const save = async () => {
    const file = await command.run({ certificate, format: 'chain' });
    if (file !== undefined) setPath((await files.save(t('request.save-title'), [file])) ?? path);
  };
  const error = command.error ?? files.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('request.done')}
      line={t('request.done-line')}
      width={540}
      aside={
        <ActionButton kind="quiet" onClick={() => go({ name: 'certificate', id: certificate })}>
          {t('request.open')}
        </ActionButton>
      }
      actions={
        <>
          <ActionButton onClick={onClose}>{t('request.close')}</ActionButton>
          <ActionButton
            kind={path === undefined ? 'filled' : 'default'}
            icon={IconDeviceFloppy}
            onClick={() => void save()}
            isWorking={command.isRunning || files.isSaving}
            takesFocus
          >
            {t('request.save')}
          </ActionButton>
        </>
      }
    >
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <StatusText state={path === undefined ? 'waiting' : 'fine'} isSentence>
          {path === undefined ? t('request.not-saved') : t('request.saved', { path })}
        </StatusText>
      </div>
    </Dialog>
  );
}
