import type { OpenedMail as Opened } from '../../../main/contract/viewer.ts';
import { formatSize } from '../../i18n/size.ts';
import { t } from '../../i18n/translate.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Mail } from './mail.tsx';
import styles from './viewer.module.css';

/** A mail that a key of the practice opened: whose key, what it says as plain words, and what its signatures are worth. */
export function OpenedMail({ opened: { mail, words, personName, encryption } }: { readonly opened: Opened }) {
  return (
    <>
      <Notice state="kept" title={t('viewer.opened.title', { name: personName })}>
        {t('viewer.opened.text', { encryption })}
      </Notice>
      <Panel title={t('viewer.opened.words')}>
        {words.isFromHtml && <p className={styles.place}>{t('viewer.opened.from-html')}</p>}
        <p className={styles.mailText} dir="auto">
          {words.text.trim() === '' ? t('viewer.opened.no-words') : words.text}
        </p>
        {words.isCut && <p className={styles.place}>{t('viewer.opened.cut')}</p>}
      </Panel>
      {words.attachments.length > 0 && <Attachments attachments={words.attachments} />}
      <Mail mail={mail} />
    </>
  );
}

const Attachments = ({ attachments }: Pick<Opened['words'], 'attachments'>) => (
  <Panel title={t('viewer.opened.attachments')}>
    <ul>
      {attachments.map(({ name, type, size }, at) => (
        <li key={at}>
          <bdi>{name ?? t('viewer.opened.nameless')}</bdi> <span className="mono">{type}</span> {formatSize(size)}
        </li>
      ))}
    </ul>
  </Panel>
);
