import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { BroughtIssuer } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useApi } from '../../state/api-context.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { MakerActions, MakerWords } from './maker-parts.tsx';
import styles from './settings.module.css';

/** Octets. */
const maximumLength = 1024 * 1024;
const endings = '.pem,.crt,.cer,.der';

/** A file that was read: what is compared is what is taken in. */
interface Brought {
  readonly file: FileContent;
  readonly issuers: readonly BroughtIssuer[];
}

/** From a file: its names and fingerprints are shown first, and it is taken in once somebody says that they have compared them. */
export function AddMakersDialog({ onClose }: { readonly onClose: () => void }) {
  const { run, isRunning, error, clearError } = useCommand('tokens.addAttestationIssuers');
  const [brought, setBrought] = useState<Brought>();
  const [unread, setUnread] = useState<unknown>();
  const [isCompared, setCompared] = useState(false);
  const { call } = useApi();
  const announce = useAnnounce();
  const choose = (file: FileContent) => {
    clearError();
    setUnread(undefined);
    setBrought(undefined);
    setCompared(false);
    call('tokens.readAttestationIssuers', { file }).then(({ issuers }) => setBrought({ file, issuers }), setUnread);
  };
  const add = async () => {
    if (brought === undefined || (await run({ file: brought.file })) === undefined) return;
    announce(t('makers.added'));
    onClose();
  };
  const isNew = brought?.issuers.some(({ isKnown }) => !isKnown) ?? false;
  const cannotAct = !isNew || !isCompared;
  const actions = <MakerActions {...{ isRunning, cannotAct, onClose }} act={t('makers.add-act')} onAct={() => void add()} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('makers.add-title')} line={t('makers.add-line')} actions={actions} width={600}>
      <div className={styles.rows}>
        {(error ?? unread) !== undefined && <ErrorNotice error={error ?? unread} />}
        <FileField
          label={t('makers.file')}
          act={t('makers.choose')}
          accept={endings}
          maximumLength={maximumLength}
          file={brought?.file}
          onFile={choose}
        />
        {brought !== undefined && <BroughtList issuers={brought.issuers} />}
        {isNew && (
          <CheckField label={t('makers.compared')} hint={t('makers.compared-hint')} isChecked={isCompared} onChange={setCompared} />
        )}
      </div>
    </Dialog>
  );
}

const BroughtList = ({ issuers }: Pick<Brought, 'issuers'>) => (
  <ul className={styles.makers} aria-label={t('makers.brought')}>
    {issuers.map((issuer) => (
      <li key={issuer.sha256} className={styles.maker}>
        <MakerWords issuer={issuer} standing={t(issuer.isKnown ? 'makers.known' : 'makers.new')} isInFull />
      </li>
    ))}
  </ul>
);
