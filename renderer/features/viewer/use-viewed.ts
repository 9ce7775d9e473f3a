import { useCallback, useState } from 'react';
import type { FileContent } from '../../../main/contract/secret.ts';
import type { OpenedMail, Viewed } from '../../../main/contract/viewer.ts';
import { useApi } from '../../state/api-context.ts';
import { readFile } from '../../state/read-file.ts';

/** Larger files are for the command line. */
const maximumLength = 16 * 1024 * 1024;

export interface Looking {
  readonly viewed: Viewed | undefined;
  /** What was looked at: a mail may be opened, certificates and keys taken in. */
  readonly file: FileContent | undefined;
  readonly opened: OpenedMail | undefined;
  readonly setOpened: (opened: OpenedMail) => void;
  readonly isReading: boolean;
  readonly error: unknown;
  readonly look: (file: File) => Promise<void>;
  readonly clear: () => void;
}

/** One file that is looked at: the core reads it, the window keeps what was read. */
export function useViewed(): Looking {
  const { client } = useApi();
  const [viewed, setViewed] = useState<Viewed>();
  const [file, setFile] = useState<FileContent>();
  const [opened, setOpened] = useState<OpenedMail>();
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<unknown>();
  const look = useCallback(
    async (chosen: File) => {
      setReading(true);
      setError(undefined);
      setOpened(undefined);
      try {
        const content = await readFile(chosen, maximumLength);
        const read = await client.viewer.open({ file: content });
        setViewed(read);
        setFile(content);
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
    setFile(undefined);
    setOpened(undefined);
    setError(undefined);
  }, []);
  return { viewed, file, opened, setOpened, isReading, error, look, clear };
}
