import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { FileContent } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';

/** Saves the record of an incident as a PDF, to be printed or sent. */
export function PrintButton({ incident }: { readonly incident: number }) {
  const api = useApi();
  const { save, isSaving, error: saveError } = useSaveFiles();
  const [isMaking, setMaking] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const print = async () => {
    setMaking(true);
    setFailure(undefined);
    try {
      const { file } = await api.call('incidents.print', { incident });
      const { files } = await api.shell('printToPdf', { files: [file] });
      await save(
        t('incidents.print-title'),
        files.map(({ name, bytes }) => new FileContent(name, bytes)),
      );
    } catch (reason) {
      setFailure(reason);
    } finally {
      setMaking(false);
    }
  };
  const error = failure ?? saveError;
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <ActionButton icon={IconPrinter} isWorking={isMaking || isSaving} onClick={() => void print()}>
        {t('incidents.print')}
      </ActionButton>
    </>
  );
}
