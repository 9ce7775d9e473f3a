import { useRef, useState } from 'react';
import { Secret, type FileContent } from '../../../main/contract/client.ts';
import type { InputFor, OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ImportFiles, ImportHistory, type BroughtFiles } from './import-files.tsx';
import { importFault, severalIn } from './import-words.ts';
import { OutcomeDialog } from './outcome-dialog.tsx';
import { WhichAuthority } from './which-authority.tsx';
import styles from './authority-dialogs.module.css';

type Imported = OutputFor<'authorities.import'>;

/** Takes in an authority that was kept elsewhere. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [imported, setImported] = useState<Imported>();
  if (imported === undefined) return <AskForFiles onClose={onClose} onImported={setImported} />;
  const { certificates: count, revoked } = imported;
  const done = [t('authority-import.certificates', { count }), t('authority-import.revoked', { count: revoked })].join(' ');
  const next = [t('authority-import.publish'), t('authority-import.use')];
  return <OutcomeDialog title={t('authority-import.made')} done={done} next={next} onClose={onClose} />;
}

interface AskForFilesProps {
  readonly onClose: () => void;
  readonly onImported: (imported: Imported) => void;
}

function AskForFiles({ onClose, onImported }: AskForFilesProps) {
  const command = useCommand('authorities.import');
  const password = useRef<SecretFieldHandle>(null);
  const [files, setFiles] = useState<BroughtFiles>({});
  const [name, setName] = useState('');
  const [choose, setChoose] = useState<string>();
  const several = useKept(severalIn(command.error));
  const { certificate } = files;
  const bring = async () => {
    if (certificate === undefined) return;
    const typed = password.current?.isEmpty() === false ? new Secret(password.current.take()) : undefined;
    const imported = await command.run(importOrder({ ...files, certificate, name, choose: choose ?? several[0], password: typed }));
    if (imported !== undefined) onImported(imported);
  };
  const take = (taken: BroughtFiles) => {
    command.clearError();
    setFiles({ ...files, ...taken });
  };
  const fault = importFault(command.error);
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void bring()} isDisabled={certificate === undefined} isWorking={command.isRunning}>
        {t('authority-import.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('authority-import.title')} line={t('authority-import.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {command.error !== undefined && fault === undefined && <ErrorNotice error={command.error} />}
        <WhichAuthority names={several} value={choose} onChange={setChoose} />
        <ImportFiles files={files} onFiles={take} keyFault={fault?.key} aboveFault={fault?.above} />
        <SecretField
          ref={password}
          label={t('key-file.password')}
          hint={t('authority-import.password-hint')}
          error={fault?.password}
          onFilled={(isFilled) => isFilled && fault?.password !== undefined && command.clearError()}
        />
        <TextField label={t('new-authority.name')} hint={t('authority-import.name-hint')} value={name} onChange={setName} maxLength={64} />
        <ImportHistory files={files} onFiles={take} />
      </div>
    </Dialog>
  );
}

/** The names that were told last: they stay to choose from while it is tried again. */
function useKept(names: readonly string[]): readonly string[] {
  const [kept, setKept] = useState<readonly string[]>([]);
  if (names.length > 0 && names.join('\n') !== kept.join('\n')) setKept(names);
  return kept;
}

interface Typed extends BroughtFiles {
  readonly certificate: FileContent;
  readonly name: string;
  readonly choose: string | undefined;
  readonly password: Secret | undefined;
}

/** What is left empty is left out. */
function importOrder({ certificate, key, above, list, name, choose, password }: Typed): InputFor<'authorities.import'> {
  return {
    certificate,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    // A copy: what is sent is wiped, and the file may be sent again.
    ...(key === undefined ? {} : { key: new Secret(Uint8Array.from(key.bytes)) }),
    ...(above === undefined ? {} : { above: [above] }),
    ...(list === undefined ? {} : { list }),
    ...(choose === undefined ? {} : { choose }),
    ...(password === undefined ? {} : { password }),
  };
}
