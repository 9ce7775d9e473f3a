import { useRef, useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { SheetFields, type SheetFieldsHandle } from './sheet-fields.tsx';
import styles from '../../ui/panel-list.module.css';

interface SheetDrillDialogProps {
  /** How many are needed together. */
  readonly threshold: number;
  readonly onClose: () => void;
}

/** Proves that sheets of paper open the escrow. Nothing that is kept is opened. */
export function SheetDrillDialog({ threshold, onClose }: SheetDrillDialogProps) {
  const fields = useRef<SheetFieldsHandle>(null);
  const [proven, setProven] = useState<OutputFor<'escrow.drill'>>();
  const drill = useCommand('escrow.drill');
  const act = async () => {
    const sheets = fields.current?.take();
    if (sheets === undefined) return;
    setProven(await drill.run({ sheets }));
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('recovery.close')}</ActionButton>
      <ActionButton kind="filled" isWorking={drill.isRunning} onClick={() => void act()}>
        {t('recovery-drill.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('recovery-drill.title')} line={t('recovery-drill.line')} actions={actions} width={600}>
      <div className={styles.rows}>
        {drill.error !== undefined && <ErrorNotice error={drill.error} />}
        {proven !== undefined && (
          <p role="status">
            <StatusText state={proven.isOpened ? 'fine' : 'soon'} isSentence>
              {t(proven.isOpened ? 'recovery-drill.opened' : 'recovery-drill.good', { numbers: proven.sheets.join(', ') })}
            </StatusText>
          </p>
        )}
        <SheetFields ref={fields} count={threshold} />
      </div>
    </Dialog>
  );
}
