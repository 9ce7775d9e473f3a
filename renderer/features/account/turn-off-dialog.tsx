import { useRef } from 'react';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CodeField, type CodeFieldHandle } from './code-field.tsx';

/** Takes one more code: whoever finds the window open cannot turn it off. */
export function TurnOffDialog({ onClose }: { readonly onClose: () => void }) {
  const turnOff = useCommand('account.turnOffSecondFactor');
  const announce = useAnnounce();
  const code = useRef<CodeFieldHandle>(null);
  const act = async () => {
    const typed = code.current?.take();
    if (typed === undefined) return undefined;
    if ((await turnOff.run({ code: typed })) === undefined) return code.current?.focus();
    announce(t('turn-off.off'));
    return onClose();
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('turn-off.keep')}</ActionButton>
      <ActionButton kind="filled" isWorking={turnOff.isRunning} onClick={() => void act()}>
        {t('turn-off.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('turn-off.title')} line={t('turn-off.line')} actions={actions} width={500}>
      <CodeField
        ref={code}
        label={t('sign-in.second-code')}
        hint={t('sign-in.second-hint')}
        error={turnOff.error}
        onTyped={turnOff.clearError}
        onSubmit={() => void act()}
      />
    </Dialog>
  );
}
