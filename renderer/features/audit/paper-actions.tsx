import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useApi } from '../../state/api-context.ts';
import { usePrint } from '../../state/use-print.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import styles from './audit-screen.module.css';

/** The newest signed total on paper, and a total from paper held against the log. */
export function PaperActions() {
  const api = useApi();
  const { print, isPrinting, error } = usePrint();
  const [isComparing, setComparing] = useState(false);
  const page = async () => (await api.call('audit.checkpointSheet', {})).file;
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className={styles.links}>
        <Permitted call="audit.checkpointSheet">
          <LinkButton onClick={() => void (isPrinting || print(t('paper.print-title'), page))}>{t('paper.print')}</LinkButton>
        </Permitted>
        <LinkButton onClick={() => setComparing(true)}>{t('paper.compare')}</LinkButton>
      </div>
      {isComparing && <CompareDialog onClose={() => setComparing(false)} />}
    </>
  );
}
