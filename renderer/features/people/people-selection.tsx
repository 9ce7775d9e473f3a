import { IconCertificate, IconFileExport, IconMailCheck, IconPackage, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { FileContent } from '../../../main/contract/client.ts';
import type { PersonSummary } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { SelectionBar } from '../../shell/selection-bar.tsx';
import { useGo } from '../../state/navigation.ts';
import { useMay } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { MakePackagesDialog } from '../mail-programs/make-packages-dialog.tsx';
import { TestMessagesDialog } from '../mail-programs/test-messages-dialog.tsx';
import { peopleCsv } from './people-csv.ts';
import { RenewPeopleDialog } from './renew-people-dialog.tsx';
import { canIssue, canRenew } from './standing-of.ts';

export interface PeopleSelectionProps {
  readonly people: readonly PersonSummary[];
  readonly onClear: () => void;
}

/** What can be done with the chosen people: issue for those without, renew for those with certificates. */
export function PeopleSelection({ people, onClear }: PeopleSelectionProps) {
  const go = useGo();
  const now = useNow();
  const may = useMay();
  const start = useCommand('enrollment.start');
  const { save, isSaving } = useSaveFiles();
  const [isRenewing, setRenewing] = useState(false);
  const [isPacking, setPacking] = useState(false);
  const [isTesting, setTesting] = useState(false);
  const toPack = people.filter(({ status, standing }) => status === 'active' && standing === 'covered');
  const toIssue = people.filter(canIssue);
  const toRenew = people.filter(canRenew);
  const issue = async () => {
    const started = await start.run({ people: toIssue.map(({ id }) => id) });
    if (started !== undefined) go({ name: 'enrol', job: started.job });
  };
  const exportChosen = () => void save(t('people.export-save'), [new FileContent(t('people.export-file'), peopleCsv(people, now))]);
  const actions = (
    <>
      <ActionButton icon={IconFileExport} isWorking={isSaving} onClick={exportChosen}>
        {t('people.export')}
      </ActionButton>
      {toPack.length > 0 && may('mail.deliver') && (
        <ActionButton icon={IconPackage} onClick={() => setPacking(true)}>
          {t('packages.make-people', { count: toPack.length })}
        </ActionButton>
      )}
      {toPack.length > 0 && may('mail.test') && (
        <ActionButton icon={IconMailCheck} onClick={() => setTesting(true)}>
          {t('test-messages.open')}
        </ActionButton>
      )}
      {toRenew.length > 0 && may('certificates.renew') && (
        <ActionButton icon={IconRefresh} kind={toIssue.length > 0 ? 'default' : 'filled'} onClick={() => setRenewing(true)}>
          {t('people.renew', { count: toRenew.length })}
        </ActionButton>
      )}
      {toIssue.length > 0 && may('enrollment.start') && (
        <ActionButton icon={IconCertificate} kind="filled" isWorking={start.isRunning} onClick={() => void issue()}>
          {t('people.issue', { count: toIssue.length })}
        </ActionButton>
      )}
    </>
  );
  return (
    <>
      {start.error !== undefined && <ErrorNotice error={start.error} />}
      <SelectionBar words={t('people.selected', { count: people.length })} onClear={onClear} actions={actions} />
      {isPacking && <MakePackagesDialog people={toPack.map(({ id }) => id)} onClose={() => setPacking(false)} />}
      {isTesting && <TestMessagesDialog people={toPack} onClose={() => setTesting(false)} />}
      {isRenewing && <RenewPeopleDialog people={toRenew} onClose={() => setRenewing(false)} />}
    </>
  );
}
