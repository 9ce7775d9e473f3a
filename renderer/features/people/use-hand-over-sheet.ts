import { useState } from 'react';
import { FileContent } from '../../../main/contract/client.ts';
import type { HandoverClient } from '../../../main/domain/mail-client/handover-guide.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';

/** Saves the page that goes with the keys as a PDF, to be printed or sent. */
export function useHandOverSheet(person: string, client: HandoverClient) {
  const api = useApi();
  const { save, isSaving, error: saveError } = useSaveFiles();
  const [isMaking, setMaking] = useState(false);
  const [error, setError] = useState<unknown>();
  const [path, setPath] = useState<string>();
  const make = async () => {
    setMaking(true);
    setError(undefined);
    try {
      const html = await api.call('people.handoverSheet', { person, client });
      const { files } = await api.shell('printToPdf', { files: [html] });
      return files.map(({ name, bytes }) => new FileContent(name, bytes));
    } catch (reason) {
      setError(reason);
      return [];
    } finally {
      setMaking(false);
    }
  };
  const saveSheet = async () => {
    const files = await make();
    if (files.length > 0) setPath((await save(t('hand-over.sheet-title'), files)) ?? path);
  };
  return { save: saveSheet, path, isWorking: isMaking || isSaving, error: error ?? saveError };
}
