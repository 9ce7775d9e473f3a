import { useCallback, useEffect, useState } from 'react';
import type { CoreState } from '../../main/contract/bridge.ts';
import type { OutputFor } from '../api.ts';
import type { SignedOutReason } from '../features/feature.ts';
import { useApi } from '../state/api-context.ts';
import { useNavigation } from '../state/navigation.ts';
import { usePush } from '../state/use-push.ts';
import { useQuery } from '../state/use-query.ts';

export interface DoorState {
  readonly status: OutputFor<'workspace.status'> | undefined;
  /** Why the core cannot be asked. */
  readonly error: unknown;
  /** Set from the moment the session ends until somebody signs in: nothing of it may be seen meanwhile. */
  readonly signedOut: SignedOutReason | null;
  readonly isCoreReady: boolean;
  readonly shut: (reason: SignedOutReason) => void;
  readonly open: () => Promise<void>;
  readonly reload: () => Promise<void>;
}

/** Who may see what: follows the session and the core. What a session had open is forgotten the moment it ends. */
export function useDoor(): DoorState {
  const api = useApi();
  const { data: status, error, reload } = useQuery('workspace.status', {});
  const [signedOut, setSignedOut] = useState<SignedOutReason | null>(null);
  const [isCoreReady, setCoreReady] = useState(true);
  const shut = useCallback(
    (reason: SignedOutReason) => {
      // Why it ended is told once; what asks afterwards only finds that it has.
      setSignedOut((before) => (before === 'core-lost' || (before !== null && reason === 'ended') ? before : reason));
      useNavigation.getState().reset();
      api.cache.forget((name) => name !== 'workspace.status');
    },
    [api],
  );
  const open = useCallback(async () => {
    await reload();
    setSignedOut(null);
  }, [reload]);
  useEffect(() => api.onLocked(() => shut('ended')), [api, shut]);
  usePush('session.ended', ({ operator, why }) => {
    if (operator === status?.signedIn?.operatorId) shut(why);
  });
  usePush('shell.signedOut', ({ why }) => shut(why));
  usePush('shell.coreState', ({ state }: CoreState) => {
    setCoreReady(state === 'ready');
    if (state === 'lost') shut('core-lost');
    if (state === 'ready' || state === 'refused') void reload();
  });
  return { status, error, signedOut, isCoreReady, shut, open, reload };
}
