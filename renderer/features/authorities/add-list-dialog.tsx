import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { OutputFor } from '../../api.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { formatNumber, t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { momentWords } from '../revoke/effects.ts';
import type { AuthorityDialogProps } from './authority-act.ts';
import { OutcomeDialog } from './outcome-dialog.tsx';
import styles from './authority-dialogs.module.css';

/** As much as travels in one file. Octets. */
const maximumLength = 64 * 1024 * 1024;
const endings = '.crl,.pem,.der';

type AddedList = OutputFor<'offline.addList'>;

/** Takes in a list of revoked certificates that was signed where the authority's key is. */
export function AddListDialog({ authority: { id, name }, onClose }: AuthorityDialogProps) {
  const command = useCommand('offline.addList');
  const [file, setFile] = useState<FileContent>();
  const [added, setAdded] = useState<AddedList>();
  const add = async () => {
    if (file !== undefined) setAdded(await command.run({ authority: id, list: file }));
  };
  const choose = (chosen: FileContent) => {
    command.clearError();
    setFile(chosen);
  };
  if (added !== undefined) return <ListAdded added={added} onClose={onClose} />;
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void add()} isDisabled={file === undefined} isWorking={command.isRunning}>
        {t('add-list.act')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="add-list.title" with={{ name: <PersonName name={name} /> }} />;
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('add-list.line')} actions={actions} width={520}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <FileField
          label={t('add-list.file')}
          act={t('key-file.choose')}
          accept={endings}
          maximumLength={maximumLength}
          file={file}
          onFile={choose}
        />
      </div>
    </Dialog>
  );
}

function ListAdded({ added: { number, nextUpdate, revoked }, onClose }: { readonly added: AddedList; readonly onClose: () => void }) {
  const now = useNow();
  const fresh = revoked.length === 0 ? [] : [t('add-list.revoked', { count: revoked.length })];
  return (
    <OutcomeDialog
      title={t('add-list.made', { number: formatNumber(number) })}
      done={t('add-list.until', { when: momentWords(nextUpdate, now) })}
      next={[...fresh, t('add-list.next')]}
      onClose={onClose}
    />
  );
}
