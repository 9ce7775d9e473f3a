import { useRef, useState } from 'react';
import type { Secret } from '../../../main/contract/client.ts';
import type { Role } from '../../../main/domain/access/role.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ChoiceCards } from '../../ui/choice-cards.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { NewPassphrase, type NewPassphraseHandle } from '../passphrase/new-passphrase.tsx';
import { RecoveryCode } from '../passphrase/recovery-code.tsx';
import { roleChoices } from './role-words.ts';
import styles from './operators.module.css';

interface AddOperatorDialogProps {
  readonly practice: string;
  readonly onClose: () => void;
}

/** Who and what for; then the passphrase, by the one it is for; then their recovery code. */
export function AddOperatorDialog({ practice, onClose }: AddOperatorDialogProps) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const [isChosen, setChosen] = useState(false);
  const [code, setCode] = useState<Secret>();
  if (code !== undefined) return <CodeStep name={name.trim()} practice={practice} code={code} onClose={onClose} />;
  if (isChosen && role !== null)
    return <PassphraseStep name={name.trim()} role={role} practice={practice} onBack={() => setChosen(false)} onAdded={setCode} />;
  const isReady = name.trim() !== '' && role !== null;
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('operators.not-now')}</ActionButton>
      <ActionButton kind="filled" isDisabled={!isReady} onClick={() => setChosen(true)}>
        {t('operator-add.next')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('operator-add.title')} line={t('operator-add.line')} actions={actions} width={560}>
      <div className={styles.fields}>
        <TextField
          label={t('operator-add.name')}
          hint={t('operator-add.name-hint')}
          value={name}
          onChange={setName}
          maxLength={64}
          isRequired
          takesFocus
        />
        <ChoiceCards label={t('operator-add.role')} choices={roleChoices} value={role} onChange={setRole} />
      </div>
    </Dialog>
  );
}

interface PassphraseStepProps {
  readonly name: string;
  readonly role: Role;
  readonly practice: string;
  readonly onBack: () => void;
  readonly onAdded: (code: Secret) => void;
}

function PassphraseStep({ name, role, practice, onBack, onAdded }: PassphraseStepProps) {
  const passphrase = useRef<NewPassphraseHandle>(null);
  const add = useCommand('operators.add');
  const announce = useAnnounce();
  const act = async () => {
    const secret = passphrase.current?.take();
    if (secret === undefined) return;
    const added = await add.run({ name, role, passphrase: secret });
    if (added === undefined) return;
    announce(t('operator-add.added', { name }));
    onAdded(added.recoveryCode);
  };
  const actions = (
    <>
      <ActionButton onClick={onBack}>{t('window.back')}</ActionButton>
      <ActionButton kind="filled" isWorking={add.isRunning} onClick={() => void act()}>
        {t('operator-add.act', { name })}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onBack}
      title={t('operator-add.passphrase', { name })}
      line={t('operator-add.passphrase-line')}
      actions={actions}
      width={560}
    >
      <div className={styles.fields}>
        {add.error !== undefined && <ErrorNotice error={add.error} />}
        <NewPassphrase ref={passphrase} known={[name, practice]} takesFocus />
      </div>
    </Dialog>
  );
}

interface CodeStepProps {
  readonly name: string;
  readonly practice: string;
  readonly code: Secret;
  readonly onClose: () => void;
}

/** Stays until somebody says that the code is put away, and says so to who wants to leave before; it is wiped then. */
function CodeStep({ name, practice, code, onClose }: CodeStepProps) {
  const [isPutAway, setPutAway] = useState(false);
  const [isMissed, setMissed] = useState(false);
  const announce = useAnnounce();
  const close = () => {
    if (!isPutAway) {
      setMissed(true);
      return announce(t('recovery-code.first'), 'assertive');
    }
    code.wipe();
    return onClose();
  };
  const done = (
    <ActionButton kind="filled" isDisabled={!isPutAway} onClick={close}>
      {t('operator-add.done')}
    </ActionButton>
  );
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('operator-add.code', { name })}
      line={t('operator-add.code-line', { name })}
      actions={done}
      width={560}
    >
      <RecoveryCode code={code} practice={practice} operator={name} isPutAway={isPutAway} onPutAway={setPutAway} isMissed={isMissed} />
    </Dialog>
  );
}
