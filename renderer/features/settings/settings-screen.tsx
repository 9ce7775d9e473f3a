import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { DevicePanel } from './device-panel.tsx';
import { EyesPanel } from './eyes-panel.tsx';
import { YesNoPanel } from './yes-no-panel.tsx';
import { SubmissionPanel } from './submission-panel.tsx';
import { ProgramsPanel } from './programs-panel.tsx';
import { minuteChoices } from './minute-choices.ts';
import { WatchPanel } from './watch-panel.tsx';
import { SaveFoot } from './save-foot.tsx';
import styles from './settings.module.css';

type Policies = OutputFor<'policies.show'>;

/** What holds for everybody who signs in here. */
export function SettingsScreen() {
  const query = useQuery('policies.show', {});
  return (
    <Page header={<PageHeader title={t('settings.title')} line={t('settings.line')} />}>
      {query.error !== undefined && <ErrorNotice error={query.error} />}
      {query.data !== undefined && (
        <div className={styles.panels}>
          <LockingPanel policies={query.data} />
          <EyesPanel policies={query.data} />
          <Permitted call="device.status">
            <DevicePanel />
          </Permitted>
          <WatchPanel />
          <YesNoPanel
            policies={query.data}
            policy="keepSigningKeys"
            title={t('settings.signing-keys')}
            label={t('settings.keep-signing-keys')}
            hint={t('settings.keep-signing-keys-hint')}
            save={t('settings.save-signing-keys')}
          />
          <YesNoPanel
            policies={query.data}
            policy="listsNamePoint"
            title={t('settings.lists')}
            label={t('settings.lists-name-point')}
            hint={t('settings.lists-name-point-hint')}
            save={t('settings.save-lists')}
          />
          <ProgramsPanel policies={query.data} />
          <SubmissionPanel />
        </div>
      )}
    </Page>
  );
}

/** When an unused window locks, and what goes on then. */
function LockingPanel({ policies }: { readonly policies: Policies }) {
  const [draft, setDraft] = useState(policies);
  const set = useCommand('policies.set');
  const announce = useAnnounce();
  const [isSaved, setSaved] = useState(false);
  const isChanged = draft.idleLockMinutes !== policies.idleLockMinutes || draft.jobsGoOnLocked !== policies.jobsGoOnLocked;
  const change = (part: Partial<Policies>) => {
    setSaved(false);
    setDraft({ ...draft, ...part });
  };
  const save = async () => {
    const { idleLockMinutes, jobsGoOnLocked } = draft;
    if ((await set.run({ idleLockMinutes, jobsGoOnLocked })) === undefined) return;
    setSaved(true);
    announce(t('settings.saved'));
  };
  return (
    <Panel title={t('settings.locking')}>
      <div className={styles.rows}>
        {set.error !== undefined && <ErrorNotice error={set.error} />}
        <SelectField
          label={t('settings.idle')}
          hint={t('settings.idle-hint')}
          value={String(draft.idleLockMinutes)}
          options={minuteChoices(policies.idleLockMinutes).map((minutes) => ({
            value: String(minutes),
            label: t('settings.minutes', { count: minutes }),
          }))}
          onChange={(minutes) => change({ idleLockMinutes: Number(minutes) })}
          width={280}
        />
        <CheckField
          label={t('settings.jobs')}
          hint={t('settings.jobs-hint')}
          isChecked={draft.jobsGoOnLocked}
          onChange={(jobsGoOnLocked) => change({ jobsGoOnLocked })}
        />
        <SaveFoot label={t('settings.save')} isChanged={isChanged} isWorking={set.isRunning} isSaved={isSaved} onSave={() => void save()} />
      </div>
    </Panel>
  );
}
