import { useState } from 'react';
import { FileContent } from '../../main/contract/client.ts';
import { useApi } from './api-context.ts';
import { useSaveFiles } from './use-save-files.ts';

export interface Print {
  /** Makes a PDF of a page and lets the person choose where; answers the path, or undefined when there is none. Never throws. */
  readonly print: (title: string, page: () => Promise<FileContent>) => Promise<string | undefined>;
  readonly isPrinting: boolean;
  readonly error: unknown;
}

/** Saves a page that the core made as a PDF, to be printed or sent. */
export function usePrint(): Print {
  const api = useApi();
  const { save, isSaving, error: saveError } = useSaveFiles();
  const [isMaking, setMaking] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const print: Print['print'] = async (title, page) => {
    setMaking(true);
    setFailure(undefined);
    try {
      const { files } = await api.shell('printToPdf', { files: [await page()] });
      return await save(
        title,
        files.map(({ name, bytes }) => new FileContent(name, bytes)),
      );
    } catch (reason) {
      setFailure(reason);
      return undefined;
    } finally {
      setMaking(false);
    }
  };
  return { print, isPrinting: isMaking || isSaving, error: failure ?? saveError };
}
