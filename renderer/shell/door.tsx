import { useState } from 'react';
import type { Feature } from '../features/feature.ts';
import { t } from '../i18n/translate.ts';
import { RoleContext } from '../state/role.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { DoorLayout } from './door-layout.tsx';
import { Office } from './office.tsx';
import { useDoor } from './use-door.ts';

/** What the window shows: the first run, the locked door, or the office. */
export function Door({ features }: { readonly features: readonly Feature[] }) {
  const { status, error, signedOut, isCoreReady, shut, open, reload } = useDoor();
  // Once begun the first run stays until it says it is finished: it still shows the recovery code when somebody is signed in already.
  const [isFirstRun, setFirstRun] = useState(false);
  if (status?.isInitialised === false && !isFirstRun) setFirstRun(true);
  const FirstRun = features.find((feature) => feature.firstRun !== undefined)?.firstRun;
  const Locked = features.find((feature) => feature.locked !== undefined)?.locked;
  if (status === undefined) return error === undefined ? null : <Unreachable error={error} reload={reload} />;
  if (isFirstRun && FirstRun !== undefined) return <FirstRun onFinished={() => void open().then(() => setFirstRun(false))} />;
  if (status.signedIn !== null && signedOut === null) {
    return (
      <RoleContext value={status.signedIn.role}>
        <Office features={features} practiceName={status.practiceName ?? ''} person={status.signedIn} onLocked={() => shut('locked')} />
      </RoleContext>
    );
  }
  if (Locked === undefined) return null;
  return (
    <Locked
      practiceName={status.practiceName}
      operators={status.operators}
      reason={signedOut}
      isCoreReady={isCoreReady}
      onSignedIn={() => void open()}
    />
  );
}

function Unreachable({ error, reload }: { readonly error: unknown; readonly reload: () => Promise<void> }) {
  return (
    <DoorLayout>
      <ErrorNotice error={error} action={<ActionButton onClick={() => void reload()}>{t('window.try-again')}</ActionButton>} />
    </DoorLayout>
  );
}
