import { useState } from 'react';
import type { MailExport } from '../../../main/contract/mail.ts';
import { mailClientNames } from '../../../main/domain/mail-client/mail-client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import type { OutputFor } from '../../api.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './person-dialogs.module.css';

export interface MailProvedProps {
  readonly person: { readonly id: string; readonly name: string };
  readonly made: MailExport;
  readonly onClose: () => void;
}

/** What was read back after the profile was written. */
export function MailProved({ person, made, onClose }: MailProvedProps) {
  const isOpenPgp = made.technology === 'openpgp';
  const proofs = isOpenPgp
    ? [t('mail.openpgp-signs'), t('mail.proved-opens'), t('mail.openpgp-accepted')]
    : [t('mail.proved-signs'), t('mail.proved-opens'), t('mail.proved-trust')];
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Sentence of="mail.title" with={{ name: <PersonName name={person.name} /> }} />}
      line={t('mail.done', { program: mailClientNames[made.client] })}
      width={540}
      actions={
        <ActionButton kind="filled" onClick={onClose} takesFocus>
          {t('hand-over.done')}
        </ActionButton>
      }
    >
      <div className={styles.rows}>
        {made.addresses.map((address) => (
          <StatusText key={address} state="fine" isSentence>
            {t('mail.ready', { address })}
          </StatusText>
        ))}
        <Consequence title={t('mail.proved')} items={proofs.map((text) => ({ text }))} />
        {!isOpenPgp && <SigningKeyLeaves person={person.id} made={made} />}
      </div>
    </Dialog>
  );
}

/** Enters the proof: by the practice's policy the vault then lets go of the signing key. */
function SigningKeyLeaves({ person, made }: { readonly person: string; readonly made: MailExport }) {
  const prove = useCommand('mail.prove');
  const [proof, setProof] = useState<OutputFor<'mail.prove'>>();
  const act = async () => setProof(await prove.run({ person, client: made.client, target: made.profile }));
  if (proof !== undefined)
    return (
      <StatusText state="fine" isSentence>
        {proof.released.length > 0 ? t('mail.key-left') : t('mail.key-stays')}
      </StatusText>
    );
  return (
    <>
      {prove.error !== undefined && <ErrorNotice error={prove.error} />}
      <p>{t('mail.prove-line')}</p>
      <div>
        <ActionButton onClick={() => void act()} isWorking={prove.isRunning}>
          {t('mail.prove')}
        </ActionButton>
      </div>
    </>
  );
}
