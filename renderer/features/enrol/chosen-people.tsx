import { IconCertificate } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { useNavigation } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProfileChooser, usualProfile } from '../profiles/profile-chooser.tsx';
import { EnrolSteps } from './enrol-steps.tsx';
import { SteeredNotice } from './steered-notice.tsx';

/** Issuing for people who are here already. */
export function ChosenPeople({ people }: { readonly people: readonly string[] }) {
  const replace = useNavigation((navigation) => navigation.replace);
  const [profile, setProfile] = useState(usualProfile);
  const { run, isRunning, error } = useCommand('enrollment.start');
  const start = async () => {
    const started = await run({ people: [...people], profile });
    if (started !== undefined) replace({ name: 'enrol', job: started.job });
  };
  const count = people.length;
  const act = (
    <ActionButton kind="filled" icon={IconCertificate} isWorking={isRunning} onClick={() => void start()}>
      {t('chosen.start', { count })}
    </ActionButton>
  );
  return (
    <Page
      header={<PageHeader title={t('chosen.title', { count })} line={t('chosen.line')} actions={act} />}
      tools={<EnrolSteps current="issue" />}
    >
      {error !== undefined && <ErrorNotice error={error} />}
      <SteeredNotice />
      <ProfileChooser profile={profile} onChange={setProfile} />
    </Page>
  );
}
