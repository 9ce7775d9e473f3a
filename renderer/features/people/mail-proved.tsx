import type { MailExport } from '../../../main/contract/mail.ts';
import { mailClientNames } from '../../../main/domain/mail-client/mail-client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './person-dialogs.module.css';

export interface MailProvedProps {
  readonly person: { readonly name: string };
  readonly made: MailExport;
  readonly onClose: () => void;
}

/** What was read back after the profile was written. */
export function MailProved({ person, made, onClose }: MailProvedProps) {
  const proofs = [t('mail.proved-signs'), t('mail.proved-opens'), t('mail.proved-trust')];
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
      </div>
    </Dialog>
  );
}
