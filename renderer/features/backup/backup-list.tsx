import type { BackupStatus } from '../../../main/contract/backup.ts';
import { formatDay } from '../../i18n/dates.ts';
import { formatSize } from '../../i18n/size.ts';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import lines from '../../ui/panel-list.module.css';
import styles from './backup.module.css';

type Backup = BackupStatus['backups'][number];

export interface BackupListProps {
  readonly backups: readonly Backup[];
  readonly onCheck: (path: string) => void;
}

/** Backups that were made here, with where they went. */
export function BackupList({ backups, onCheck }: BackupListProps) {
  const now = useNow();
  const mayCheck = useMay()('backup.verify');
  return (
    <Panel title={t('backup.list')} hint={t('backup.list-hint')} isFlush>
      <ul className={lines.list}>
        {backups.map((backup) => (
          <li key={backup.path} className={lines.row}>
            <TwoLines first={<First backup={backup} />} second={<bdi className={styles.path}>{backup.path}</bdi>} />
            {mayCheck && (
              <ActionButton
                size="row"
                onClick={() => onCheck(backup.path)}
                label={t('backup.check-row', { date: formatDay(backup.created, now) })}
              >
                {t('backup.check')}
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function First({ backup: { created, octets, entries } }: { readonly backup: Backup }) {
  const size = formatSize(octets);
  return (
    <>
      <DateText of={created} as="moment" />
      {' · '}
      {entries === 0 ? size : t('backup.row-entries', { size, count: entries })}
    </>
  );
}
