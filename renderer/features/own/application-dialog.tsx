import { useState } from 'react';
import type { ApplicationView } from '../../../main/contract/applications.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { applicationWords } from './application-words.ts';
import styles from '../../ui/panel-list.module.css';

export type ApplicationDecision = 'approve' | 'refuse' | 'withdraw';

export interface ApplicationDialogProps {
  readonly application: ApplicationView;
  readonly decision: ApplicationDecision;
  readonly onClose: () => void;
}

/** Approves what somebody applied for, refuses it with a reason, or withdraws it. */
export function ApplicationDialog({ application, decision, onClose }: ApplicationDialogProps) {
  const [reason, setReason] = useState('');
  const commands = {
    approve: useCommand('applications.approve'),
    refuse: useCommand('applications.refuse'),
    withdraw: useCommand('applications.withdraw'),
  };
  const announce = useAnnounce();
  const { error, isRunning } = commands[decision];
  const act = async () => {
    const { id } = application;
    const done =
      decision === 'refuse' ? await commands.refuse.run({ application: id, reason }) : await commands[decision].run({ application: id });
    if (done === undefined) return;
    announce(t(`applications.done-${decision}`));
    onClose();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('applications.not-now')}
      </ActionButton>
      <ActionButton
        kind="filled"
        isDisabled={decision === 'refuse' && reason.trim() === ''}
        isWorking={isRunning}
        onClick={() => void act()}
      >
        {t(`application-${decision}.act`)}
      </ActionButton>
    </>
  );
  const line = decision === 'approve' ? t(`application-approve.line-${application.kind}`) : t(`application-${decision}.line`);
  return (
    <Dialog isOpen onClose={onClose} title={t(`application-${decision}.title`)} line={line} actions={actions} width={540}>
      <div className={styles.rows}>
        {error !== undefined && <ErrorNotice error={error} />}
        <p>
          <strong>
            <bdi>{applicationWords(application, false)}</bdi>
          </strong>
        </p>
        {application.note !== null && (
          <p>
            <bdi>{application.note}</bdi>
          </p>
        )}
        {decision === 'refuse' && <TextArea label={t('applications.reason')} value={reason} onChange={setReason} maxLength={500} />}
      </div>
    </Dialog>
  );
}
