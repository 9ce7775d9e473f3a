import { useCallback, useState } from 'react';
import type { Viewed } from '../../../main/contract/viewer.ts';
import { useApi } from '../../state/api-context.ts';
import { readFile } from '../../state/read-file.ts';

/** Larger files are for the command line. */
const maximumLength = 16 * 1024 * 1024;

export interface Looking {
  readonly viewed: Viewed | undefined;
  readonly isReading: boolean;
  readonly error: unknown;
  readonly look: (file: File) => Promise<void>;
  readonly clear: () => void;
}

/** One file that is looked at: the core reads it, the window keeps what was read. */
export function useViewed(): Looking {
  const { client } = useApi();
  const [viewed, setViewed] = useState<Viewed>();
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<unknown>();
  const look = useCallback(
    async (file: File) => {
      setReading(true);
      setError(undefined);
      try {
        setViewed(await client.viewer.open({ file: await readFile(file, maximumLength) }));
      } catch (reason) {
        setViewed(undefined);
        setError(reason);
      } finally {
        setReading(false);
      }
    },
    [client],
  );
  const clear = useCallback(() => {
    setViewed(undefined);
    setError(undefined);
  }, []);
  return { viewed, isReading, error, look, clear };
}
