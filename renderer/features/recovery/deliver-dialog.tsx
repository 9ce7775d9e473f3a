import { useRef, useState } from 'react';
import type { EscrowRequestView, Recovered } from '../../../main/contract/escrow.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { HandedOver } from '../people/handed-over.tsx';
import { SheetFields, type SheetFieldsHandle } from './sheet-fields.tsx';
import styles from '../../ui/panel-list.module.css';

interface DeliverDialogProps {
  readonly request: EscrowRequestView;
  readonly isAlone: boolean;
  /** With so many sheets of paper instead of another officer's approval. */
  readonly sheets?: number | undefined;
  readonly onClose: () => void;
}

/** Opens what was asked for; then its file and password, this once. */
export function DeliverDialog({ request, isAlone, sheets, onClose }: DeliverDialogProps) {
  const fields = useRef<SheetFieldsHandle>(null);
  const [made, setMade] = useState<Recovered>();
  const deliver = useCommand('escrow.deliver');
  const breakGlass = useCommand('escrow.breakGlass');
  const command = isAlone ? breakGlass : deliver;
  const name = request.person?.name ?? '';
  const close = () => {
    made?.password?.wipe();
    onClose();
  };
  if (made !== undefined)
    return (
      <HandedOver
        person={{ id: made.person, name: made.recipient }}
        title={t('recovery-file.title', { name })}
        files={made.file === null ? made.openPgp : [made.file, ...made.openPgp]}
        password={made.password}
        onClose={close}
      />
    );
  const act = async () => {
    const typed = fields.current?.take();
    if (sheets !== undefined && typed === undefined) return;
    const order = { request: request.id };
    setMade(isAlone ? await breakGlass.run(order) : await deliver.run(typed === undefined ? order : { ...order, sheets: typed }));
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('recovery.not-now')}
      </ActionButton>
      <ActionButton kind={isAlone ? 'stop' : 'filled'} isWorking={command.isRunning} onClick={() => void act()}>
        {t(isAlone ? 'recovery-alone.act' : 'recovery.take')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isAlone ? t('recovery-alone.title') : t('recovery-file.title', { name })}
      {...(isAlone
        ? { line: t('recovery-alone.line') }
        : sheets === undefined
          ? {}
          : { line: t('recovery-by-sheets.line', { threshold: sheets }) })}
      actions={actions}
      width={540}
    >
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <p>
          <bdi>{t('recovery.of-person', { name, recipient: request.recipient })}</bdi>
        </p>
        {sheets !== undefined && <SheetFields ref={fields} count={sheets} />}
      </div>
    </Dialog>
  );
}
