import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { NewPassphrase, type NewPassphraseHandle } from '../passphrase/new-passphrase.tsx';
import { isWrong } from '../sign-in/use-wait.ts';

interface ChangePassphraseDialogProps {
  /** Names around here, which others would try. */
  readonly known: readonly string[];
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** The old passphrase once, the new one twice. */
export function ChangePassphraseDialog({ known, onClose, onChanged }: ChangePassphraseDialogProps) {
  const old = useRef<SecretFieldHandle>(null);
  const fresh = useRef<NewPassphraseHandle>(null);
  const [isMissing, setMissing] = useState(false);
  const change = useCommand('account.changePassphrase');
  const announce = useAnnounce();
  const act = async () => {
    if (old.current === null || old.current.isEmpty()) {
      setMissing(true);
      return old.current?.focus();
    }
    const newPassphrase = fresh.current?.take();
    if (newPassphrase === undefined) return undefined;
    const changed = await change.run({ oldPassphrase: new Secret(old.current.take()), newPassphrase });
    if (changed === undefined) return old.current?.focus();
    announce(t('change-passphrase.changed'));
    return onChanged();
  };
  const filled = (isFilled: boolean) => {
    if (!isFilled) return;
    setMissing(false);
    if (isWrong(change.error)) change.clearError();
  };
  const fault = isWrong(change.error) ? t('change-passphrase.wrong') : isMissing ? t('change-passphrase.missing') : undefined;
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('change-passphrase.not-now')}</ActionButton>
      <ActionButton kind="filled" isWorking={change.isRunning} onClick={() => void act()}>
        {t('change-passphrase.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('change-passphrase.title')} line={t('change-passphrase.line')} actions={actions} width={560}>
      <Form onSubmit={() => void act()}>
        {change.error !== undefined && !isWrong(change.error) && <ErrorNotice error={change.error} />}
        <SecretField ref={old} size="door" label={t('change-passphrase.old')} takesFocus onFilled={filled} error={fault} />
        <NewPassphrase ref={fresh} known={known} />
        {/* Enter in a field submits only where a button of the form does. */}
        <button type="submit" hidden>
          {t('change-passphrase.act')}
        </button>
      </Form>
    </Dialog>
  );
}
