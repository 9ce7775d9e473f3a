import { useCallback, useState } from 'react';
import type { CallName, InputFor, OutputFor } from '../api.ts';
import { useApi } from './api-context.ts';
import { areasTouchedBy, refreshAreas } from './refresh.ts';

export interface Command<Name extends CallName> {
  /** Makes the call; answers its value, or undefined when it was refused or failed: `error` then says why. */
  readonly run: (input: InputFor<Name>) => Promise<OutputFor<Name> | undefined>;
  readonly isRunning: boolean;
  readonly error: unknown;
  readonly clearError: () => void;
}

/** A change, and what the screen shows of its making. What it touches is asked again. */
export function useCommand<Name extends CallName>(name: Name): Command<Name> {
  const api = useApi();
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = useCallback(
    async (input: InputFor<Name>) => {
      setRunning(true);
      setError(undefined);
      try {
        const output = await api.call(name, input);
        refreshAreas(api.cache, areasTouchedBy(name));
        return output;
      } catch (reason) {
        setError(reason);
        return undefined;
      } finally {
        setRunning(false);
      }
    },
    [api, name],
  );
  const clearError = useCallback(() => setError(undefined), []);
  return { run, isRunning, error, clearError };
}
