import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SecretBox } from '../../ui/secret-box.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import type { OfflineStageProps, SavedKey } from './offline-password.tsx';
import { OfflineSteps } from './offline-steps.tsx';
import styles from './authority-dialogs.module.css';

export interface SaveKeyFileProps extends OfflineStageProps {
  readonly made: SavedKey;
  readonly onNext: () => void;
}

/** The file is made: save it where it will be kept, and write its password down. */
export function SaveKeyFile({ title, made: { file, password }, onNext, onClose }: SaveKeyFileProps) {
  const [path, setPath] = useState<string>();
  const { save, isSaving, error } = useSaveFiles();
  const saveFile = async () => setPath((await save(t('take-offline.save-title'), [file])) ?? path);
  const isSaved = path !== undefined;
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('take-offline.stop')}</ActionButton>
      <ActionButton kind={isSaved ? 'filled' : 'default'} isDisabled={!isSaved} onClick={onNext}>
        {t('take-offline.to-prove')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('take-offline.save-line')} actions={actions} width={600}>
      <div className={styles.rows}>
        <OfflineSteps current={1} />
        {error !== undefined && <ErrorNotice error={error} />}
        {password !== null && <ShownPassword password={password} />}
        <div className={styles.result}>
          <StatusText state={isSaved ? 'fine' : 'waiting'} isSentence>
            {isSaved ? t('take-offline.saved', { path }) : t('take-offline.not-saved')}
          </StatusText>
          <ActionButton
            kind={isSaved ? 'default' : 'filled'}
            icon={IconDeviceFloppy}
            onClick={() => void saveFile()}
            isWorking={isSaving}
            takesFocus
          >
            {t(isSaved ? 'take-offline.save-again' : 'take-offline.save')}
          </ActionButton>
        </div>
      </div>
    </Dialog>
  );
}

/** Read from its octets while it is shown, and never kept. */
const ShownPassword = ({ password }: { readonly password: Secret }) => (
  <SecretBox name={t('key-file.password')} text={new TextDecoder().decode(password.reveal())} line={t('take-offline.once')} />
);
