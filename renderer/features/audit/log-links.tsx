import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useApi } from '../../state/api-context.ts';
import { usePrint } from '../../state/use-print.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ArchiveDialog } from './archive-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { TimeStampDialog } from './time-stamp-dialog.tsx';
import { WitnessesDialog } from './witnesses-dialog.tsx';
import styles from './audit-screen.module.css';

/** What is done with the newest signed total and with old entries, beside whether the log holds. */
export function LogLinks() {
  const api = useApi();
  const { print, isPrinting, error } = usePrint();
  const [open, setOpen] = useState<'compare' | 'stamp' | 'witnesses' | 'archive'>();
  const close = () => setOpen(undefined);
  const page = async () => (await api.call('audit.checkpointSheet', {})).file;
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} />}
      <div className={styles.links}>
        <Permitted call="audit.checkpointSheet">
          <LinkButton onClick={() => void (isPrinting || print(t('paper.print-title'), page))}>{t('paper.print')}</LinkButton>
        </Permitted>
        <LinkButton onClick={() => setOpen('compare')}>{t('paper.compare')}</LinkButton>
        <Permitted call="audit.timeStamp">
          <LinkButton onClick={() => setOpen('stamp')}>{t('time-stamp.open')}</LinkButton>
        </Permitted>
        <Permitted call="witnesses.list">
          <LinkButton onClick={() => setOpen('witnesses')}>{t('witnesses.open')}</LinkButton>
        </Permitted>
        <Permitted call="audit.archive">
          <LinkButton onClick={() => setOpen('archive')}>{t('archive.open')}</LinkButton>
        </Permitted>
      </div>
      {open === 'compare' && <CompareDialog onClose={close} />}
      {open === 'stamp' && <TimeStampDialog onClose={close} />}
      {open === 'witnesses' && <WitnessesDialog onClose={close} />}
      {open === 'archive' && <ArchiveDialog onClose={close} />}
    </>
  );
}
