import type { ImportItem, ImportVerdict } from '../../../main/contract/certificates.ts';
import { formatShortDate } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import type { State } from '../../ui/status.ts';
import { algorithmName, commonName } from './names.ts';
import styles from './import-dialog.module.css';

const states: Readonly<Record<ImportVerdict, State>> = {
  take: 'fine',
  key: 'fine',
  whose: 'soon',
  known: 'kept',
  chain: 'kept',
  authority: 'unknown',
  alone: 'unknown',
  refused: 'stopped',
};

export interface ImportPreviewProps {
  readonly items: readonly ImportItem[];
  readonly onWhose: (item: ImportItem) => void;
}

/** Of each thing that was brought: what it is, whose, and what becomes of it. */
export const ImportPreview = ({ items, onWhose }: ImportPreviewProps) => (
  <section aria-label={t('certificate-import.preview')}>
    <ul className={styles.items}>
      {items.map((item, at) => (
        <li key={at} className={styles.item}>
          <What item={item} />
          <Becomes item={item} onWhose={onWhose} />
        </li>
      ))}
    </ul>
  </section>
);

function What({ item: { file, certificate, keyAlgorithm, hasKey, isOld } }: { readonly item: ImportItem }) {
  if (certificate === null)
    return (
      <div>
        <p>
          <bdi>{file}</bdi>
        </p>
        {keyAlgorithm !== null && (
          <p className={styles.quiet}>{t('certificate-import.key-of', { algorithm: algorithmName(keyAlgorithm) })}</p>
        )}
      </div>
    );
  const { emails, subject, issuer, notAfter, purpose, isOurs } = certificate;
  const ends = t(isOld ? 'certificate-import.ended' : 'certificate-import.until', { day: formatShortDate(notAfter) });
  return (
    <div>
      <p>
        <bdi>{emails.join(', ') || commonName(subject)}</bdi>
      </p>
      <p className={styles.quiet}>
        {t(`certificates.purpose.${purpose}`)} · {ends} · {t(hasKey ? 'certificate-import.with-key' : 'certificate-import.without-key')}
      </p>
      <p className={styles.quiet}>
        <bdi>{t(isOurs ? 'certificate-import.ours' : 'certificate-import.elsewhere', { issuer: commonName(issuer) })}</bdi>
      </p>
      <p className={styles.quiet}>
        <bdi>{file}</bdi>
      </p>
    </div>
  );
}

function Becomes({ item, onWhose }: { readonly item: ImportItem; readonly onWhose: ImportPreviewProps['onWhose'] }) {
  const { verdict, person, error } = item;
  return (
    <div>
      <StatusText state={states[verdict]} isSentence>
        {error === null ? t(`certificate-import.verdict.${verdict}`) : error.message}
      </StatusText>
      {person !== null && <p className={styles.quiet}>{t('certificate-import.person', { name: person.name })}</p>}
      {error !== null && <p className={styles.quiet}>{error.hint}</p>}
      {verdict === 'whose' && <LinkButton onClick={() => onWhose(item)}>{t('certificate-import.say-whose')}</LinkButton>}
    </div>
  );
}
