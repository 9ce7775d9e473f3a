import { IconFileX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Consequence } from '../../ui/consequence.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';

export interface WithdrawDialogProps {
  /** Of a person or a desk, or of an authority. */
  readonly call: 'requests.withdraw' | 'offline.withdraw';
  readonly request: string;
  /** Whose it is. */
  readonly title: ReactNode;
  readonly onClose: () => void;
}

/** Says what giving a request up means before its key is destroyed. */
export function WithdrawDialog({ call, request, title, onClose }: WithdrawDialogProps) {
  const withdraw = useCommand(call);
  const act = async () => {
    if ((await withdraw.run({ request })) !== undefined) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={title}
      icon={<IconFileX size={26} stroke={1.6} aria-hidden />}
      consequences={
        <>
          <Consequence title={t('withdraw.key')}>{t('withdraw.key-text')}</Consequence>
          <Consequence title={t('withdraw.answer')}>{t('withdraw.answer-text')}</Consequence>
        </>
      }
      act={t('withdraw.act')}
      onAct={() => void act()}
      isActing={withdraw.isRunning}
    >
      {withdraw.error !== undefined && <ErrorNotice error={withdraw.error} />}
      <p>{t('withdraw.question')}</p>
    </ConfirmDialog>
  );
}
