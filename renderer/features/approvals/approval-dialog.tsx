import { useState } from 'react';
import type { ApprovalView } from '../../../main/contract/approvals.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { sentenceOf } from './approval-words.ts';
import styles from '../../ui/panel-list.module.css';

export type ApprovalDecision = 'approve' | 'refuse' | 'take-back';

interface ApprovalDialogProps {
  readonly approval: ApprovalView;
  readonly decision: ApprovalDecision;
  readonly onClose: () => void;
}

/** Approves what another officer asked for, refuses it, or takes it back. */
export function ApprovalDialog({ approval, decision, onClose }: ApprovalDialogProps) {
  const [reason, setReason] = useState('');
  const approve = useCommand('approvals.approve');
  const refuse = useCommand('approvals.refuse');
  const announce = useAnnounce();
  const isApproving = decision === 'approve';
  const command = isApproving ? approve : refuse;
  const act = async () => {
    const request = approval.id;
    const done = isApproving ? await approve.run({ request }) : await refuse.run({ request, reason });
    if (done === undefined) return;
    if (isApproving) announce(t('approvals.approved'));
    onClose();
  };
  const words = `approval-${decision}` as const;
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('approvals.not-now')}
      </ActionButton>
      <ActionButton
        kind="filled"
        isDisabled={!isApproving && reason.trim() === ''}
        isWorking={command.isRunning}
        onClick={() => void act()}
      >
        {t(`${words}.act`)}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t(`${words}.title`)} line={t(`${words}.line`)} actions={actions} width={540}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <p>
          <strong>
            <bdi>{sentenceOf(approval)}</bdi>
          </strong>
          <br />
          <bdi>{t('approvals.asked-by', { who: approval.askedBy })}</bdi>
        </p>
        {!isApproving && <TextArea label={t('approvals.reason')} value={reason} onChange={setReason} maxLength={500} />}
      </div>
    </Dialog>
  );
}
