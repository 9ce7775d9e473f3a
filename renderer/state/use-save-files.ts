import { useCallback, useState } from 'react';
import type { FileContent } from '../../main/contract/client.ts';
import { useApi } from './api-context.ts';

export interface SaveFiles {
  /** Lets the person choose where; answers the path, or undefined when they chose nothing or it failed: `error` then says why. */
  readonly save: (title: string, files: readonly FileContent[]) => Promise<string | undefined>;
  readonly isSaving: boolean;
  readonly error: unknown;
}

/** Saves files where the person chooses: one by its name, several into a folder. */
export function useSaveFiles(): SaveFiles {
  const api = useApi();
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>();
  const save = useCallback(
    async (title: string, files: readonly FileContent[]) => {
      setSaving(true);
      setError(undefined);
      try {
        return (await api.shell('saveFiles', { title, files: [...files] })).path ?? undefined;
      } catch (reason) {
        setError(reason);
        return undefined;
      } finally {
        setSaving(false);
      }
    },
    [api],
  );
  return { save, isSaving, error };
}
