import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { DevicePanel } from './device-panel.tsx';
import { EyesPanel } from './eyes-panel.tsx';
import { MakersPanel } from './makers-panel.tsx';
import { YesNoPanel } from './yes-no-panel.tsx';
import { SubmissionPanel } from './submission-panel.tsx';
import { ProgramsPanel } from './programs-panel.tsx';
import { minuteChoices } from './minute-choices.ts';
import { WatchPanel } from './watch-panel.tsx';
import { PolicyPanel } from './policy-panel.tsx';
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
          <Permitted call="tokens.attestationIssuers">
            <MakersPanel />
          </Permitted>
        </div>
      )}
    </Page>
  );
}

/** When an unused window locks, and what goes on then. */
function LockingPanel({ policies }: { readonly policies: Policies }) {
  const [idleLockMinutes, setMinutes] = useState(policies.idleLockMinutes);
  const [jobsGoOnLocked, setGoOn] = useState(policies.jobsGoOnLocked);
  const isChanged = idleLockMinutes !== policies.idleLockMinutes || jobsGoOnLocked !== policies.jobsGoOnLocked;
  return (
    <PolicyPanel title={t('settings.locking')} save={t('settings.save')} change={isChanged ? { idleLockMinutes, jobsGoOnLocked } : {}}>
      <SelectField
        label={t('settings.idle')}
        hint={t('settings.idle-hint')}
        value={String(idleLockMinutes)}
        options={minuteChoices(policies.idleLockMinutes).map((minutes) => ({
          value: String(minutes),
          label: t('settings.minutes', { count: minutes }),
        }))}
        onChange={(minutes) => setMinutes(Number(minutes))}
        width={280}
      />
      <CheckField label={t('settings.jobs')} hint={t('settings.jobs-hint')} isChecked={jobsGoOnLocked} onChange={setGoOn} />
    </PolicyPanel>
  );
}
