import { IconPrinter } from '@tabler/icons-react';
import { t } from '../../i18n/translate.ts';
import { useApi } from '../../state/api-context.ts';
import { usePrint } from '../../state/use-print.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';

/** Saves the record of an incident as a PDF, to be printed or sent. */
export function PrintButton({ incident }: { readonly incident: number }) {
  const api = useApi();
  const { print, isPrinting, error } = usePrint();
  const page = async () => (await api.call('incidents.print', { incident })).file;
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <ActionButton icon={IconPrinter} isWorking={isPrinting} onClick={() => void print(t('incidents.print-title'), page)}>
        {t('incidents.print')}
      </ActionButton>
    </>
  );
}
