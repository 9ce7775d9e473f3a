import { IconDeviceFloppy, IconMailCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { FileContent, Secret } from '../../../main/contract/client.ts';
import type { MailKitId } from '../../../main/domain/mail-client/kit/kits.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { HandedPassword } from './handed-password.tsx';
import { SheetPart } from './sheet-part.tsx';
import styles from './person-dialogs.module.css';

export interface HandedOverProps {
  readonly person: { readonly id: string; readonly name: string };
  /** Of the dialog, where the hand-over sheet does not go with the file: it is about S/MIME. */
  readonly title?: ReactNode;
  readonly files: readonly FileContent[];
  readonly password: Secret | null;
  /** The program they are for, where that is known. */
  readonly client?: MailKitId;
  readonly onClose: () => void;
  /** Sends a test message; left out where nothing is to be proved. */
  readonly onTest?: () => void;
}

/** The files are made: save them, take its password along, save the sheet. */
export function HandedOver({ person, title, files, password, client, onClose, onTest }: HandedOverProps) {
  const [path, setPath] = useState<string>();
  const { save, isSaving, error } = useSaveFiles();
  const saveFile = async () => setPath((await save(t('hand-over.save-title'), files)) ?? path);
  const name = <PersonName name={person.name} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title ?? <Sentence of="hand-over.title" with={{ name }} />}
      line={t('hand-over.ready')}
      width={540}
      actions={
        <ActionButton kind={path === undefined ? 'default' : 'filled'} onClick={onClose}>
          {t('hand-over.done')}
        </ActionButton>
      }
    >
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <div className={styles.result}>
          <StatusText state={path === undefined ? 'waiting' : 'fine'} isSentence>
            {path === undefined ? t('hand-over.not-saved') : t('hand-over.saved', { path })}
          </StatusText>
          {path === undefined && (
            <ActionButton kind="filled" icon={IconDeviceFloppy} onClick={() => void saveFile()} isWorking={isSaving} takesFocus>
              {t('hand-over.save')}
            </ActionButton>
          )}
        </div>
        {password !== null && <HandedPassword password={password} name={person.name} />}
        {title === undefined && <SheetPart person={person.id} {...(client === undefined ? {} : { client })} />}
        {onTest !== undefined && <NotProved onTest={onTest} />}
      </div>
    </Dialog>
  );
}

/** What is handed over is proved by an answer only. */
const NotProved = ({ onTest }: { readonly onTest: () => void }) => (
  <div className={styles.result}>
    <StatusText state="soon" isSentence>
      {t('test-message.not-proved')}
    </StatusText>
    <ActionButton icon={IconMailCheck} onClick={onTest}>
      {t('test-message.open')}
    </ActionButton>
  </div>
);
