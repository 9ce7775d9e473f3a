import { IconFilePlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { AttestationIssuer } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { commonName } from '../certificates/names.ts';
import styles from './settings.module.css';

/** Octets. */
const maximumLength = 1024 * 1024;
const endings = '.pem,.crt,.cer,.der';

/** The year of a certificate that never ends (RFC 5280 section 4.1.2.5). */
const noEnd = '9999';

type Asking = 'add' | AttestationIssuer;

/** Who certifies cards that attest what they have made: those that come with Keyward, and those that were taken in. */
export function MakersPanel() {
  const { data, error } = useQuery('tokens.attestationIssuers', {});
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  return (
    <Panel title={t('makers.title')}>
      <div className={styles.rows}>
        <p>{t('makers.line')}</p>
        {error !== undefined && <ErrorNotice error={error} />}
        <ul className={styles.makers}>
          {data?.issuers.map((issuer) => (
            <Maker key={issuer.sha256} issuer={issuer} onRemove={() => setAsking(issuer)} />
          ))}
        </ul>
        <Permitted call="tokens.addAttestationIssuers">
          <div>
            <ActionButton icon={IconFilePlus} onClick={() => setAsking('add')}>
              {t('makers.add')}
            </ActionButton>
          </div>
        </Permitted>
      </div>
      {asking === 'add' && <AddMakers onClose={close} />}
      {asking !== undefined && asking !== 'add' && <RemoveMaker issuer={asking} onClose={close} />}
    </Panel>
  );
}

function Maker({
  issuer: { sha256, subject, notAfter, isBuiltIn },
  onRemove,
}: {
  readonly issuer: AttestationIssuer;
  readonly onRemove: () => void;
}) {
  return (
    <li className={styles.maker}>
      <div className={styles.makerWords}>
        <strong>
          <bdi>{commonName(subject)}</bdi>
        </strong>
        <span>
          {t(isBuiltIn ? 'makers.built-in' : 'makers.taken-in')}
          {!notAfter.startsWith(noEnd) && (
            <>
              , {t('makers.until')} <DateText of={notAfter} as="day" />
            </>
          )}
        </span>
        <CopyText text={sha256} label={t('makers.fingerprint')} isMono />
      </div>
      {!isBuiltIn && (
        <Permitted call="tokens.removeAttestationIssuer">
          <ActionButton size="row" onClick={onRemove} label={`${t('makers.remove')}: ${commonName(subject)}`}>
            {t('makers.remove')}
          </ActionButton>
        </Permitted>
      )}
    </li>
  );
}

/** From a file, once somebody says that it was compared with what the maker publishes. */
function AddMakers({ onClose }: { readonly onClose: () => void }) {
  const { run, isRunning, error, clearError } = useCommand('tokens.addAttestationIssuers');
  const [file, setFile] = useState<FileContent>();
  const [isCompared, setCompared] = useState(false);
  const announce = useAnnounce();
  const add = async () => {
    if (file === undefined || (await run({ file })) === undefined) return;
    announce(t('makers.added'));
    onClose();
  };
  const choose = (chosen: FileContent) => {
    clearError();
    setFile(chosen);
  };
  const cannotAct = file === undefined || !isCompared;
  const actions = <Actions {...{ isRunning, cannotAct, onClose }} act={t('makers.add-act')} onAct={() => void add()} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('makers.add-title')} line={t('makers.add-line')} actions={actions} width={540}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <FileField
          label={t('makers.file')}
          act={t('makers.choose')}
          accept={endings}
          maximumLength={maximumLength}
          file={file}
          onFile={choose}
        />
        <CheckField label={t('makers.compared')} isChecked={isCompared} onChange={setCompared} />
      </div>
    </Dialog>
  );
}

function RemoveMaker({ issuer: { sha256, subject }, onClose }: { readonly issuer: AttestationIssuer; readonly onClose: () => void }) {
  const { run, isRunning, error } = useCommand('tokens.removeAttestationIssuer');
  const announce = useAnnounce();
  const remove = async () => {
    if ((await run({ sha256 })) === undefined) return;
    announce(t('makers.removed'));
    onClose();
  };
  const actions = <Actions {...{ isRunning, onClose }} act={t('makers.remove')} onAct={() => void remove()} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('makers.remove-title')} line={<bdi>{commonName(subject)}</bdi>} actions={actions} width={500}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <p>{t('makers.remove-text')}</p>
      </div>
    </Dialog>
  );
}

interface ActionsProps {
  readonly act: string;
  readonly onAct: () => void;
  readonly onClose: () => void;
  readonly isRunning: boolean;
  readonly cannotAct?: boolean;
}

/** The safe choice holds the focus. */
const Actions = ({ act, onAct, onClose, isRunning, cannotAct = false }: ActionsProps) => (
  <>
    <ActionButton onClick={onClose} isDisabled={isRunning} takesFocus>
      {t('makers.cancel')}
    </ActionButton>
    <ActionButton kind="filled" onClick={onAct} isDisabled={cannotAct} isWorking={isRunning}>
      {act}
    </ActionButton>
  </>
);
