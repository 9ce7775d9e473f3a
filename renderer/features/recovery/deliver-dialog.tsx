import { useState } from 'react';
import type { EscrowRequestView, Recovered } from '../../../main/contract/escrow.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { HandedOver } from '../people/handed-over.tsx';
import styles from './recovery.module.css';

interface DeliverDialogProps {
  readonly request: EscrowRequestView;
  readonly isAlone: boolean;
  readonly onClose: () => void;
}

/** Opens what was asked for; then its file and password, this once. */
export function DeliverDialog({ request, isAlone, onClose }: DeliverDialogProps) {
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
        file={made.file}
        password={made.password}
        onClose={close}
      />
    );
  const act = async () => setMade(await command.run({ request: request.id }));
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
      {...(isAlone ? { line: t('recovery-alone.line') } : {})}
      actions={actions}
      width={540}
    >
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <p>
          <bdi>{t('recovery.of-person', { name, recipient: request.recipient })}</bdi>
        </p>
      </div>
    </Dialog>
  );
}
