import { useCallback, useState, useSyncExternalStore } from 'react';
import type { CallName, InputFor, OutputFor } from '../api.ts';
import { useApi } from './api-context.ts';
import { keyOf } from './query-cache.ts';
import { useMayAsk } from './role.ts';
import { useHeld } from './use-held.ts';

export interface Query<Output> {
  /** The newest answer; while another input is asked for, the answer to the one before. */
  readonly data: Output | undefined;
  /** Why the last asking failed; `data` may still hold an older answer. */
  readonly error: unknown;
  /** True while asking, also when there is data already. */
  readonly isLoading: boolean;
  readonly reload: () => Promise<void>;
}

export interface QueryOptions {
  /** Asked once and on `reload` only: for what is logged when read, or costs much. */
  readonly isStill?: boolean;
}

/**
 * Asks the core, shows the answer it gave before meanwhile, and asks again when a push or a command may have changed it. What the role of
 * whoever is signed in may not ask is not asked, and has no answer.
 */
export function useQuery<Name extends CallName>(
  name: Name,
  input: InputFor<Name>,
  { isStill = false }: QueryOptions = {},
): Query<OutputFor<Name>> {
  const api = useApi();
  const key = keyOf(name, input);
  const held = useHeld(key, input);
  const mayAsk = useMayAsk(name);
  const subscribe = useCallback(
    (listener: () => void) =>
      mayAsk ? api.cache.watch(key, { name, ask: () => api.call(name, held), isStill }, listener) : () => undefined,
    [api, key, name, held, isStill, mayAsk],
  );
  const state = useSyncExternalStore(subscribe, () => api.cache.read(key));
  const [last, setLast] = useState<unknown>();
  if (state.data !== undefined && state.data !== last) setLast(state.data);
  const reload = useCallback(() => api.cache.reload(key), [api, key]);
  return { data: (state.data ?? last) as OutputFor<Name> | undefined, error: state.error, isLoading: mayAsk && state.isLoading, reload };
}
