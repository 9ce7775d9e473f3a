import { useRef, useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { QrPicture } from '../../ui/qr-picture.tsx';
import { ShownSecret } from '../../ui/shown-secret.tsx';
import { RecoveryCode } from '../passphrase/recovery-code.tsx';
import { CodeField, type CodeFieldHandle } from './code-field.tsx';
import styles from './account.module.css';

interface TurnOnDialogProps {
  readonly begun: OutputFor<'account.beginSecondFactor'>;
  readonly name: string;
  readonly practice: string;
  readonly onClose: () => void;
}

/** The app reads the secret, one code shows that it did, then the recovery codes, this once. */
export function TurnOnDialog({ begun, name, practice, onClose }: TurnOnDialogProps) {
  const [codes, setCodes] = useState<Secret>();
  if (codes !== undefined) return <CodesStep name={name} practice={practice} codes={codes} onClose={onClose} />;
  return <AppStep begun={begun} onClose={onClose} onConfirmed={setCodes} />;
}

interface AppStepProps extends Pick<TurnOnDialogProps, 'begun' | 'onClose'> {
  readonly onConfirmed: (codes: Secret) => void;
}

function AppStep({ begun, onClose, onConfirmed }: AppStepProps) {
  const turnOn = useCommand('account.turnOnSecondFactor');
  const announce = useAnnounce();
  const code = useRef<CodeFieldHandle>(null);
  const [{ uri, secret }] = useState(() => ({ uri: decode(begun.uri), secret: decode(begun.secret).replaceAll(/(.{4})(?=.)/g, '$1 ') }));
  const act = async () => {
    const typed = code.current?.take();
    if (typed === undefined) return undefined;
    const on = await turnOn.run({ code: typed });
    if (on === undefined) return code.current?.focus();
    announce(t('turn-on.on'));
    return onConfirmed(on.recoveryCodes);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('turn-on.not-now')}</ActionButton>
      <ActionButton kind="filled" isWorking={turnOn.isRunning} onClick={() => void act()}>
        {t('turn-on.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('turn-on.title')} line={t('turn-on.line')} actions={actions} width={600}>
      <div className={styles.app}>
        <QrPicture text={uri} label={t('turn-on.picture')} />
        <div className={styles.words}>
          <p>{t('turn-on.scan')}</p>
          <p className={styles.quiet}>{t('turn-on.or-type')}</p>
          <ShownSecret text={secret} label={t('turn-on.secret')} />
        </div>
      </div>
      <CodeField
        ref={code}
        label={t('turn-on.code')}
        hint={t('turn-on.code-hint')}
        error={turnOn.error}
        onTyped={turnOn.clearError}
        onSubmit={() => void act()}
      />
    </Dialog>
  );
}

interface CodesStepProps extends Pick<TurnOnDialogProps, 'name' | 'practice' | 'onClose'> {
  readonly codes: Secret;
}

/** Stays until somebody says that the codes are put away; they are wiped then. */
function CodesStep({ name, practice, codes, onClose }: CodesStepProps) {
  const [isPutAway, setPutAway] = useState(false);
  const [isMissed, setMissed] = useState(false);
  const announce = useAnnounce();
  const isWiped = useRef(false);
  const close = () => {
    if (!isPutAway) {
      setMissed(true);
      return announce(t('factor-codes.first'), 'assertive');
    }
    if (!isWiped.current) codes.wipe();
    isWiped.current = true;
    return onClose();
  };
  const done = (
    <ActionButton kind="filled" isDisabled={!isPutAway} onClick={close}>
      {t('turn-on.done')}
    </ActionButton>
  );
  return (
    <Dialog isOpen onClose={close} title={t('turn-on.codes')} line={t('turn-on.codes-line')} actions={done} width={560}>
      <RecoveryCode
        words="factor-codes"
        code={codes}
        practice={practice}
        operator={name}
        isPutAway={isPutAway}
        onPutAway={setPutAway}
        isMissed={isMissed}
      />
    </Dialog>
  );
}

const decode = (secret: Secret): string => new TextDecoder().decode(secret.reveal());
