import { useEffect, useState, type ComponentType } from 'react';
import type { Feature } from '../features/feature.ts';
import { t } from '../i18n/translate.ts';
import { useApi } from '../state/api-context.ts';
import { useNavigation } from '../state/navigation.ts';
import { useQuery } from '../state/use-query.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { DoorLayout } from './door-layout.tsx';
import { Office } from './office.tsx';

/** Forgets what the session before had open, and asks again who is signed in. */
function useShutDoor(reload: () => Promise<void>): () => void {
  const api = useApi();
  const shut = () => {
    useNavigation.getState().reset();
    api.cache.refresh((name) => name !== 'workspace.status');
    void reload();
  };
  useEffect(() => api.onLocked(() => void reload()), [api, reload]);
  return shut;
}

/** What the window shows: the first run, the locked door, or the office. */
export function Door({ features }: { readonly features: readonly Feature[] }) {
  const { data: status, error, reload } = useQuery('workspace.status', {});
  const shut = useShutDoor(reload);
  // Once begun the first run stays until it says it is finished: it still shows the recovery code when somebody is signed in already.
  const [isFirstRun, setFirstRun] = useState(false);
  if (status?.isInitialised === false && !isFirstRun) setFirstRun(true);
  const FirstRun = features.find((feature) => feature.firstRun !== undefined)?.firstRun;
  const Locked = features.find((feature) => feature.locked !== undefined)?.locked;
  if (status === undefined) return error === undefined ? null : <Unreachable error={error} reload={reload} />;
  if (isFirstRun && FirstRun !== undefined) {
    const finish = () => {
      setFirstRun(false);
      void reload();
    };
    return <FirstRun onFinished={finish} />;
  }
  if (status.signedIn === null) return Locked === undefined ? null : <LockedDoor of={Locked} status={status} reload={reload} />;
  return <Office features={features} practiceName={status.practiceName ?? ''} person={status.signedIn} onLocked={shut} />;
}

interface LockedDoorProps {
  readonly of: ComponentType<{ practiceName: string | null; operators: readonly string[]; onSignedIn: () => void }>;
  readonly status: { readonly practiceName: string | null; readonly operators: readonly string[] };
  readonly reload: () => Promise<void>;
}

function LockedDoor({ of: Locked, status, reload }: LockedDoorProps) {
  return <Locked practiceName={status.practiceName} operators={status.operators} onSignedIn={() => void reload()} />;
}

function Unreachable({ error, reload }: { readonly error: unknown; readonly reload: () => Promise<void> }) {
  return (
    <DoorLayout>
      <ErrorNotice error={error} action={<ActionButton onClick={() => void reload()}>{t('window.try-again')}</ActionButton>} />
    </DoorLayout>
  );
}
