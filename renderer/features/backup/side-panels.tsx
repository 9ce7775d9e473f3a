import type { BackupKeyView } from '../../../main/contract/backup.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from '../../ui/panel-list.module.css';

/** What backups open with, as far as it is known here. */
export function KeyPanel({ backupKey, onNewKey }: { readonly backupKey: BackupKeyView | null; readonly onNewKey: () => void }) {
  if (backupKey === null)
    return (
      <Panel title={t('backup.key')}>
        <p>{t('backup.key-none')}</p>
      </Panel>
    );
  const another = (
    <Permitted call="backup.makeKey">
      <LinkButton onClick={onNewKey}>{t('backup.key-new')}</LinkButton>
    </Permitted>
  );
  return (
    <Panel title={t('backup.key')} action={another}>
      <p>
        <Sentence of="backup.key-since" with={{ date: <DateText of={backupKey.madeAt} /> }} />
      </p>
      <p className={styles.more}>{t('backup.key-what')}</p>
    </Panel>
  );
}

/** Backups that are not in the list, and how one is brought back. */
export function OtherPanel({ onCheck }: { readonly onCheck: () => void }) {
  return (
    <Permitted call="backup.verify">
      <Panel title={t('backup.other')}>
        <p>{t('backup.other-what')}</p>
        <div className={styles.act}>
          <ActionButton onClick={onCheck}>{t('backup.other-act')}</ActionButton>
        </div>
        <p className={styles.more}>{t('backup.back')}</p>
      </Panel>
    </Permitted>
  );
}
