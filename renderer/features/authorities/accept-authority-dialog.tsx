import { useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { AnswerFiles, filesOf, type Answer } from '../requests/answer-files.tsx';
import { momentWords } from '../revoke/effects.ts';
import { OutcomeDialog } from './outcome-dialog.tsx';
import styles from './authority-dialogs.module.css';

/** Takes in the certificate that an authority here waits for; which one it is for is told by its key. */
export function AcceptAuthorityDialog({ onClose }: { readonly onClose: () => void }) {
  const command = useCommand('offline.accept');
  const [answer, setAnswer] = useState<Answer>({});
  const [use, setUse] = useState(false);
  const [accepted, setAccepted] = useState<OutputFor<'offline.accept'>>();
  if (accepted !== undefined) return <Accepted accepted={accepted} onClose={onClose} />;
  const act = async () => setAccepted(await command.run({ files: [...filesOf(answer)], use }));
  const take = (taken: Answer) => {
    command.clearError();
    setAnswer({ ...answer, ...taken });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void act()} isDisabled={answer.certificate === undefined} isWorking={command.isRunning}>
        {t('answer.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('carried.accept')} line={t('answer.line')} actions={actions} width={560}>
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <AnswerFiles answer={answer} onAnswer={take} />
        <CheckField label={t('new-authority.use')} hint={t('new-authority.use-hint')} isChecked={use} onChange={setUse} />
      </div>
    </Dialog>
  );
}

interface AcceptedProps {
  readonly accepted: OutputFor<'offline.accept'>;
  readonly onClose: () => void;
}

function Accepted({ accepted: { name, notAfter, isUsed }, onClose }: AcceptedProps) {
  const now = useNow();
  const next = [...(isUsed ? [t('authorities.used', { name })] : []), t('authority-import.publish')];
  return (
    <OutcomeDialog
      title={t('carried.accepted', { name })}
      done={t('carried.until', { when: momentWords(notAfter, now) })}
      next={next}
      onClose={onClose}
    />
  );
}
