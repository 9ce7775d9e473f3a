import { IconDeviceFloppy, IconFileText, IconPrinter } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { FileContent, Secret } from '../../../main/contract/client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { ShownSecret } from '../../ui/shown-secret.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { PasswordSlip } from './password-slip.tsx';
import { useHandOverSheet } from './use-hand-over-sheet.ts';
import styles from './person-dialogs.module.css';

export interface HandedOverProps {
  readonly person: { readonly id: string; readonly name: string };
  /** Of the dialog, where the hand-over sheet does not go with the file: it is about S/MIME. */
  readonly title?: ReactNode;
  readonly files: readonly FileContent[];
  readonly password: Secret | null;
  readonly onClose: () => void;
}

/** The files are made: save them, take its password along, save the sheet. */
export function HandedOver({ person, title, files, password, onClose }: HandedOverProps) {
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
        {password !== null && <Password password={password} name={person.name} />}
        {title === undefined && <Sheet person={person.id} />}
      </div>
    </Dialog>
  );
}

/** The page that tells the person what they got. */
function Sheet({ person }: { readonly person: string }) {
  const sheet = useHandOverSheet(person);
  return (
    <>
      {sheet.error !== undefined && <ErrorNotice error={sheet.error} />}
      <div className={styles.result}>
        {sheet.path !== undefined && (
          <StatusText state="fine" isSentence>
            {t('hand-over.sheet-saved', { path: sheet.path })}
          </StatusText>
        )}
        <ActionButton icon={IconFileText} onClick={() => void sheet.save()} isWorking={sheet.isWorking}>
          {t('hand-over.sheet')}
        </ActionButton>
      </div>
    </>
  );
}

/** Read from its octets while it is shown, and never kept. */
function Password({ password, name }: { readonly password: Secret; readonly name: string }) {
  const text = new TextDecoder().decode(password.reveal());
  return (
    <div className={styles.secret}>
      <p className={styles.secretName}>{t('hand-over.password')}</p>
      <div className={styles.password}>
        <ShownSecret text={text} label={t('hand-over.password')} />
        <ActionButton size="row" icon={IconPrinter} onClick={() => window.print()}>
          {t('hand-over.print-password')}
        </ActionButton>
      </div>
      <p className={styles.once}>
        <Sentence of="hand-over.password-once" with={{ name: <PersonName name={name} /> }} />
      </p>
      <PasswordSlip name={name} password={text} />
    </div>
  );
}
