import { IconDatabaseExport } from '@tabler/icons-react';
import { useState } from 'react';
import type { BackupStatus } from '../../../main/contract/backup.ts';
import { t } from '../../i18n/translate.ts';
import { Columns } from '../../shell/columns.tsx';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { BackupKeyDialog } from './backup-key-dialog.tsx';
import { BackupList } from './backup-list.tsx';
import { CheckBackupDialog } from './check-backup-dialog.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { SchedulePanel } from './schedule-panel.tsx';
import { KeyPanel, OtherPanel } from './side-panels.tsx';
import { useBackUp, type BackUp } from './use-back-up.ts';

/** What is asked above the page. */
type Asked = { readonly dialog: 'first-key' | 'next-key' | 'schedule' } | { readonly dialog: 'check'; readonly path: string | undefined };

/** The backups there are, and the next one. */
export function BackupScreen() {
  const { data: status, error } = useQuery('backup.status', {});
  const backUp = useBackUp();
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const start = () => {
    if (status?.key === null) setAsked({ dialog: 'first-key' });
    else if (status !== undefined) void backUp.make();
  };
  const act = (
    <Permitted call="backup.create">
      <ActionButton kind="filled" icon={IconDatabaseExport} isDisabled={status === undefined} isWorking={backUp.isRunning} onClick={start}>
        {t('backup.act')}
      </ActionButton>
    </Permitted>
  );
  return (
    <Page header={<PageHeader title={t('backup.title')} line={t('backup.line')} actions={act} />}>
      {error !== undefined && <ErrorNotice error={error} />}
      {status !== undefined && (
        <Content
          status={status}
          backUp={backUp}
          onCheck={(path) => setAsked({ dialog: 'check', path })}
          onNewKey={() => setAsked({ dialog: 'next-key' })}
          onSchedule={() => setAsked({ dialog: 'schedule' })}
        />
      )}
      {asked?.dialog === 'check' && <CheckBackupDialog path={asked.path} onClose={close} />}
      {asked?.dialog === 'schedule' && <ScheduleDialog schedule={status?.schedule ?? null} onClose={close} />}
      {asked?.dialog === 'first-key' && <BackupKeyDialog isFirst onClose={close} onKept={() => void backUp.make()} />}
      {asked?.dialog === 'next-key' && <BackupKeyDialog isFirst={false} onClose={close} onKept={() => undefined} />}
    </Page>
  );
}

interface ContentProps {
  readonly status: BackupStatus;
  readonly backUp: BackUp;
  readonly onCheck: (path: string | undefined) => void;
  readonly onNewKey: () => void;
  readonly onSchedule: () => void;
}

function Content({ status, backUp, onCheck, onNewKey, onSchedule }: ContentProps) {
  const side = (
    <>
      <SchedulePanel status={status} onChange={onSchedule} />
      <KeyPanel backupKey={status.key} onNewKey={onNewKey} />
      <OtherPanel onCheck={() => onCheck(undefined)} />
    </>
  );
  return (
    <Columns side={side}>
      <State status={status} backUp={backUp} />
      {status.backups.length > 0 && <BackupList backups={status.backups} onCheck={onCheck} />}
    </Columns>
  );
}

/** The one thing the page has to say. */
function State({ status, backUp }: Pick<ContentProps, 'status' | 'backUp'>) {
  if (backUp.error !== undefined) return <ErrorNotice error={backUp.error} />;
  if (backUp.isMaking) return <Notice state="working" title={t('backup.working')} live="polite" />;
  if (backUp.made !== undefined)
    return (
      <Notice state="fine" title={t('backup.made')} live="polite">
        {t('backup.made-where')}
      </Notice>
    );
  if (status.backups.length > 0) return null;
  return (
    <Notice state="soon" title={t('backup.none')}>
      {t('backup.none-why')}
    </Notice>
  );
}
