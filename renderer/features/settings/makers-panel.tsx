import { IconFilePlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AttestationIssuer } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { commonName } from '../certificates/names.ts';
import { AddMakersDialog } from './add-makers-dialog.tsx';
import { MakerActions, MakerWords } from './maker-parts.tsx';
import styles from './settings.module.css';

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
      {asking === 'add' && <AddMakersDialog onClose={close} />}
      {asking !== undefined && asking !== 'add' && <RemoveMaker issuer={asking} onClose={close} />}
    </Panel>
  );
}

function Maker({ issuer, onRemove }: { readonly issuer: AttestationIssuer; readonly onRemove: () => void }) {
  const { subject, isBuiltIn } = issuer;
  return (
    <li className={styles.maker}>
      <MakerWords issuer={issuer} standing={t(isBuiltIn ? 'makers.built-in' : 'makers.taken-in')} />
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

function RemoveMaker({ issuer: { sha256, subject }, onClose }: { readonly issuer: AttestationIssuer; readonly onClose: () => void }) {
  const { run, isRunning, error } = useCommand('tokens.removeAttestationIssuer');
  const announce = useAnnounce();
  const remove = async () => {
    if ((await run({ sha256 })) === undefined) return;
    announce(t('makers.removed'));
    onClose();
  };
  const actions = <MakerActions {...{ isRunning, onClose }} act={t('makers.remove')} onAct={() => void remove()} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('makers.remove-title')} line={<bdi>{commonName(subject)}</bdi>} actions={actions} width={500}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <p>{t('makers.remove-text')}</p>
      </div>
    </Dialog>
  );
}
