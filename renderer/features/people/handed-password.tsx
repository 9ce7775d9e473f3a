import { IconPrinter } from '@tabler/icons-react';
import type { Secret } from '../../../main/contract/client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { ShownSecret } from '../../ui/shown-secret.tsx';
import { PasswordSlip } from './password-slip.tsx';
import styles from './person-dialogs.module.css';

/** Read from its octets while it is shown, and never kept. */
export function HandedPassword({ password, name }: { readonly password: Secret; readonly name: string }) {
  const text = new TextDecoder().decode(password.reveal());
  return (
    <div className={styles.secret}>
      <p className={styles.secretName}>{t('hand-over.password')}</p>
      <div className={styles.password}>
        <ShownSecret text={text} label={t('hand-over.password')} />
        <ActionButton size="row" icon={IconPrinter} onClick={() => window.print()}>
          {t('hand-over.print-password')}
        </ActionButton>
      </div>
      <p className={styles.once}>
        <Sentence of="hand-over.password-once" with={{ name: <PersonName name={name} /> }} />
      </p>
      <PasswordSlip name={name} password={text} />
    </div>
  );
}
