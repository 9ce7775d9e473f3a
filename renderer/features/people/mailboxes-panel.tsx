import { IconMail } from '@tabler/icons-react';
import { t } from '../../i18n/translate.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './mailboxes-panel.module.css';

/** A person's addresses, the main one first. */
export function MailboxesPanel({ mailboxes }: { readonly mailboxes: readonly string[] }) {
  return (
    <Panel title={t('person.mailboxes')}>
      <ul className={styles.list}>
        {mailboxes.map((address, index) => (
          <li key={address} className={styles.mailbox}>
            <IconMail className={styles.icon ?? ''} size={16} stroke={1.75} aria-hidden />
            <div className={styles.words}>
              <bdi>{address}</bdi>
              <p className={styles.kind}>{t(index === 0 ? 'person.main' : 'person.further')}</p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
