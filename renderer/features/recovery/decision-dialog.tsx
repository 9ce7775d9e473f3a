import { useState } from 'react';
import type { EscrowRequestView } from '../../../main/contract/escrow.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import styles from '../../ui/panel-list.module.css';

export type Decision = 'approve' | 'refuse' | 'review';

interface DecisionDialogProps {
  readonly request: EscrowRequestView;
  readonly decision: Decision;
  readonly onClose: () => void;
}

/** Approves, refuses or signs off what was asked for. */
export function DecisionDialog({ request: { id, reason: why, caseNumber, askedBy }, decision, onClose }: DecisionDialogProps) {
  const [note, setNote] = useState('');
  const approve = useCommand('escrow.approve');
  const refuse = useCommand('escrow.refuse');
  const review = useCommand('escrow.review');
  const announce = useAnnounce();
  const command = { approve, refuse, review }[decision];
  const run = () => {
    if (decision === 'approve') return approve.run({ request: id });
    return decision === 'refuse' ? refuse.run({ request: id, reason: note }) : review.run({ request: id, note });
  };
  const act = async () => {
    if ((await run()) === undefined) return;
    if (decision === 'approve') announce(t('recovery.approved'));
    onClose();
  };
  const words = `recovery-${decision}` as const;
  const needsNote = decision !== 'approve';
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('recovery.not-now')}
      </ActionButton>
      <ActionButton kind="filled" isDisabled={needsNote && note.trim() === ''} isWorking={command.isRunning} onClick={() => void act()}>
        {t(`${words}.act`)}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t(`${words}.title`)} line={t(`${words}.line`)} actions={actions} width={540}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <p>
          <bdi>{t('recovery.asked-by', { who: askedBy, reason: why })}</bdi>
          {caseNumber !== '' && <bdi> ({caseNumber})</bdi>}
        </p>
        {needsNote && (
          <TextArea
            label={t(decision === 'review' ? 'recovery-review.note' : 'recovery-ask.reason')}
            value={note}
            onChange={setNote}
            maxLength={500}
          />
        )}
      </div>
    </Dialog>
  );
}
