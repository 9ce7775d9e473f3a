import { createPortal } from 'react-dom';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { PersonName } from '../../ui/person-name.tsx';
import styles from './password-slip.module.css';

/** What is printed in place of the window while a password is shown. */
export function PasswordSlip({ name, password }: { readonly name: string; readonly password: string }) {
  return createPortal(
    <div className={styles.slip} aria-hidden>
      <p className={styles.title}>{t('hand-over.slip-title')}</p>
      <p>
        <Sentence of="hand-over.slip-for" with={{ name: <PersonName name={name} /> }} />
      </p>
      <p className={styles.password}>{password}</p>
      <p>{t('hand-over.slip-text')}</p>
    </div>,
    document.body,
  );
}
