import { useEffect, useRef, useState, type Ref } from 'react';
import type { ImportItem } from '../../../main/contract/certificates.ts';
import { Secret, type FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { ImportFiles } from './import-files.tsx';
import { ImportPreview } from './import-preview.tsx';
import { WhoseImport, type ImportOwner } from './import-whose.tsx';
import styles from './import-dialog.module.css';

export interface ImportDialogProps {
  /** What was looked at already. */
  readonly files?: readonly FileContent[];
  readonly onClose: () => void;
}

type Owners = ReadonlyMap<string, ImportOwner>;

/** Takes in certificates and private keys that were made elsewhere: first what would happen, then one button. */
export function ImportDialog({ files: first = [], onClose }: ImportDialogProps) {
  const { preview, passwords, ...looking } = usePreview();
  const take = useCommand('certificates.import');
  const [files, setFiles] = useState(first);
  const [owners, setOwners] = useState<Owners>(new Map());
  const [asking, setAsking] = useState<ImportItem>();
  const [done, setDone] = useState<{ readonly certificates: number; readonly keys: number }>();
  const look = async (chosen = owners) => looking.look({ files: [...files], owners: listed(chosen) });
  const takeIn = async () => {
    const made = await take.run({ files: [...files], passwords: passwords(), owners: listed(owners) });
    if (made !== undefined) setDone({ certificates: made.certificates.length, keys: made.keys.length });
  };
  const isSomebodys = (person: ImportOwner) => {
    const chosen = new Map([...owners, [asking?.certificate?.sha256 ?? '', person]]);
    setOwners(chosen);
    setAsking(undefined);
    void look(chosen);
  };
  const bring = (brought: readonly FileContent[]) => {
    setFiles([...files, ...brought]);
    looking.clear();
  };
  if (done !== undefined) return <Done {...done} onClose={onClose} />;
  if (asking !== undefined) return <WhoseImport item={asking} onChoose={isSomebodys} onClose={() => setAsking(undefined)} />;
  const taken = preview?.filter(({ verdict }) => verdict === 'take' || verdict === 'key').length ?? 0;
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={take.isRunning} takesFocus>
        {t('certificate-import.not-now')}
      </ActionButton>
      {taken === 0 ? (
        <ActionButton kind="filled" onClick={() => void look()} isDisabled={files.length === 0} isWorking={looking.isRunning}>
          {t('certificate-import.look')}
        </ActionButton>
      ) : (
        <ActionButton kind="filled" onClick={() => void takeIn()} isWorking={take.isRunning}>
          {t('certificate-import.act', { count: taken })}
        </ActionButton>
      )}
    </>
  );
  const error = take.error ?? looking.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('certificate-import.title')}
      line={t('certificate-import.line')}
      actions={actions}
      width={720}
    >
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <ImportFiles files={files} onFiles={bring} />
        <Password field={looking.field} onTyped={looking.clear} />
        {preview !== undefined && <ImportPreview items={preview} onWhose={setAsking} />}
      </div>
    </Dialog>
  );
}

const listed = (owners: Owners) => [...owners].map(([sha256, { id }]) => ({ sha256, person: id }));

const Password = ({ field, onTyped }: { readonly field: Ref<SecretFieldHandle>; readonly onTyped: () => void }) => (
  <SecretField
    ref={field}
    label={t('certificate-import.password')}
    hint={t('certificate-import.password-hint')}
    onFilled={(isFilled) => isFilled && onTyped()}
  />
);

/** What would become of the files. The passwords that were typed stay beside the page, never in state, until the dialog goes. */
function usePreview() {
  const { client } = useApi();
  const field = useRef<SecretFieldHandle>(null);
  const typed = useRef<Uint8Array[]>([]);
  const [preview, setPreview] = useState<readonly ImportItem[]>();
  const [error, setError] = useState<unknown>();
  const [isRunning, setRunning] = useState(false);
  useEffect(() => {
    const kept = typed.current;
    return () => {
      for (const octets of kept) octets.fill(0);
    };
  }, []);
  // Copies: what is sent is wiped.
  const passwords = () => typed.current.map((octets) => new Secret(Uint8Array.from(octets)));
  const look = async (order: Omit<Parameters<typeof client.certificates.previewImport>[0], 'passwords'>) => {
    if (field.current?.isEmpty() === false) typed.current.push(field.current.take());
    setRunning(true);
    setError(undefined);
    try {
      setPreview((await client.certificates.previewImport({ ...order, passwords: passwords() })).items);
    } catch (reason) {
      setError(reason);
    } finally {
      setRunning(false);
    }
  };
  return { preview, error, isRunning, field, look, passwords, clear: () => setPreview(undefined) };
}

interface DoneProps {
  readonly certificates: number;
  readonly keys: number;
  readonly onClose: () => void;
}

function Done({ certificates, keys, onClose }: DoneProps) {
  const close = (
    <ActionButton kind="filled" onClick={onClose} takesFocus>
      {t('certificate-import.close')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('certificate-import.done')} actions={close} width={520}>
      <div className={styles.rows} role="status">
        <StatusText state="fine" isSentence>
          {t('certificate-import.certificates', { count: certificates })} {t('certificate-import.keys', { count: keys })}
        </StatusText>
        <p className={styles.quiet}>{t('certificate-import.next')}</p>
      </div>
    </Dialog>
  );
}
