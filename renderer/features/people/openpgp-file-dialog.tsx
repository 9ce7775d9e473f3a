import { useState } from 'react';
import { FileContent, type Secret } from '../../../main/contract/client.ts';
import type { OpenPgpSummary } from '../../../main/contract/openpgp.ts';
import { groupFingerprint } from '../../../main/domain/openpgp/fingerprint.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { HandedOver } from './handed-over.tsx';
import { MailHere } from './mail-here.tsx';
import styles from './person-dialogs.module.css';

export interface OpenPgpFileDialogProps {
  readonly person: { readonly id: string; readonly name: string };
  readonly openPgp: OpenPgpSummary;
  readonly onClose: () => void;
  /** Instead of a file, a mail program on this computer. */
  readonly onMail: () => void;
}

interface KeyFile {
  readonly file: FileContent;
  readonly password: Secret | null;
}

/** Makes a file with one half of a person's OpenPGP key, or with what ends it; a password is shown this once. */
export function OpenPgpFileDialog({ person, openPgp, onClose, onMail }: OpenPgpFileDialogProps) {
  const [made, setMade] = useState<KeyFile>();
  const close = () => {
    made?.password?.wipe();
    onClose();
  };
  const title = <Sentence of="openpgp.file-title" with={{ name: <PersonName name={person.name} /> }} />;
  return made === undefined ? (
    <AskWhatFor person={person} openPgp={openPgp} onClose={close} onMail={onMail} onMade={setMade} />
  ) : (
    <HandedOver person={person} title={title} files={[made.file]} password={made.password} onClose={close} />
  );
}

type Content = 'public' | 'secret' | 'revocation';

function AskWhatFor({ person, openPgp, onClose, onMail, onMade }: OpenPgpFileDialogProps & { readonly onMade: (made: KeyFile) => void }) {
  const may = useMay();
  const [content, setContent] = useState<Content>('public');
  const { make, isRunning, error } = useKeyFile(openPgp.id, onMade);
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('openpgp.not-now')}</ActionButton>
      <ActionButton kind="filled" onClick={() => void make(content)} isWorking={isRunning} takesFocus>
        {t('openpgp.make-file')}
      </ActionButton>
    </>
  );
  const title = <Sentence of="openpgp.file-title" with={{ name: <PersonName name={person.name} /> }} />;
  const fingerprint = <CopyText text={groupFingerprint(openPgp.fingerprint)} label={t('openpgp.fingerprint')} isMono />;
  return (
    <Dialog isOpen onClose={onClose} title={title} line={t('openpgp.file-line')} actions={actions} width={580}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        {openPgp.place === 'vault' && openPgp.status === 'valid' && may('mail.export') && <MailHere onMail={onMail} />}
        <ChoiceCards
          label={t('openpgp.for')}
          choices={choicesFor(person.name).filter(({ value }) => may(contentCalls[value]))}
          value={content}
          onChange={setContent}
        />
        <Facts rows={[{ term: t('openpgp.fingerprint'), value: fingerprint }]} />
      </div>
    </Dialog>
  );
}

/** The call that makes each file. */
const contentCalls = { public: 'openpgp.export', secret: 'openpgp.exportSecret', revocation: 'openpgp.exportRevocation' } as const;

const choicesFor = (name: string) =>
  (['public', 'secret', 'revocation'] as const).map((value) => ({
    value,
    title: t(`openpgp.${value}`, { name }),
    detail: t(`openpgp.${value}-detail`, { name }),
  }));

/** The three exports as one. */
function useKeyFile(key: string, onMade: (made: KeyFile) => void) {
  const exportPublic = useCommand('openpgp.export');
  const exportSecret = useCommand('openpgp.exportSecret');
  const exportRevocation = useCommand('openpgp.exportRevocation');
  const make = async (content: Content) => {
    if (content === 'secret') {
      const made = await exportSecret.run({ key });
      if (made !== undefined) onMade({ file: new FileContent(made.file.name, made.file.bytes), password: made.password });
      return;
    }
    const file = await (content === 'public' ? exportPublic : exportRevocation).run({ key });
    if (file !== undefined) onMade({ file: new FileContent(file.name, file.bytes), password: null });
  };
  return {
    make,
    isRunning: exportPublic.isRunning || exportSecret.isRunning || exportRevocation.isRunning,
    error: exportPublic.error ?? exportSecret.error ?? exportRevocation.error,
  };
}
