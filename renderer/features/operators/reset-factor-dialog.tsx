import type { OperatorSummary } from '../../../main/contract/operators.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PersonName } from '../../ui/person-name.tsx';

interface ResetFactorDialogProps {
  readonly operator: OperatorSummary;
  readonly onClose: () => void;
}

/** For somebody whose phone and recovery codes are lost. Says whom to ask before it is done. */
export function ResetFactorDialog({ operator: { id, name }, onClose }: ResetFactorDialogProps) {
  const reset = useCommand('operators.resetSecondFactor');
  const announce = useAnnounce();
  const act = async () => {
    if ((await reset.run({ operator: id })) === undefined) return;
    announce(t('operator-factor.done', { name }));
    onClose();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} takesFocus>
        {t('operators.not-now')}
      </ActionButton>
      <ActionButton kind="filled" isWorking={reset.isRunning} onClick={() => void act()}>
        {t('operator-factor.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={<Sentence of="operator-factor.title" with={{ name: <PersonName name={name} /> }} />}
      line={t('operator-factor.line', { name })}
      actions={actions}
      width={500}
    >
      {reset.error !== undefined && <ErrorNotice error={reset.error} />}
      <p>{t('operator-factor.ask', { name })}</p>
    </Dialog>
  );
}
