import { useState } from 'react';
import type { OpenedMail } from '../../../main/contract/viewer.ts';
import type { FileContent } from '../../../main/contract/secret.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';

export interface OpenMailDialogProps {
  readonly file: FileContent;
  readonly onOpened: (opened: OpenedMail) => void;
  readonly onClose: () => void;
}

/** Somebody else's mail is opened for a reason that stays in the log. */
export function OpenMailDialog({ file, onOpened, onClose }: OpenMailDialogProps) {
  const [reason, setReason] = useState('');
  const open = useCommand('viewer.openMail');
  const act = async () => {
    const opened = await open.run({ file, reason });
    if (opened !== undefined) onOpened(opened);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('viewer.open-mail.not-now')}</ActionButton>
      <ActionButton kind="filled" isDisabled={reason.trim() === ''} isWorking={open.isRunning} onClick={() => void act()}>
        {t('viewer.open-mail.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('viewer.open-mail.title')} line={t('viewer.open-mail.line')} actions={actions} width={540}>
      {open.error !== undefined && <ErrorNotice error={open.error} />}
      <TextArea
        label={t('viewer.open-mail.reason')}
        hint={t('viewer.open-mail.reason-hint')}
        value={reason}
        onChange={setReason}
        maxLength={1000}
      />
    </Dialog>
  );
}
