import { useRef, useState } from 'react';
import type { OutputFor } from '../../api.ts';
import { t } from '../../i18n/translate.ts';
import { DoorForm } from '../../shell/door-form.tsx';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { NewPassphrase, type NewPassphraseHandle } from '../passphrase/new-passphrase.tsx';
import { initInput, type PracticeDraft } from './practice-draft.ts';

export interface OperatorStepProps {
  readonly step: string;
  readonly draft: PracticeDraft;
  readonly operator: string;
  readonly onOperator: (name: string) => void;
  readonly onBack: () => void;
  readonly onCreated: (made: OutputFor<'workspace.init'>) => void;
}

/** Who signs in, and with what; then everything is made. */
export function OperatorStep({ step, draft, operator, onOperator, onBack, onCreated }: OperatorStepProps) {
  const passphrase = useRef<NewPassphraseHandle>(null);
  const [isNameMissing, setNameMissing] = useState(false);
  const announce = useAnnounce();
  const init = useCommand('workspace.init');
  const create = async () => {
    setNameMissing(operator.trim() === '');
    if (operator.trim() === '') return;
    const secret = passphrase.current?.take();
    if (secret === undefined) return;
    announce(t('first-run.creating'));
    const made = await init.run(initInput(draft, operator, secret));
    if (made === undefined) return;
    announce(t('first-run.created'));
    onCreated(made);
  };
  const actions = (
    <>
      <ActionButton kind="filled" size="door" submits isWorking={init.isRunning}>
        {t('first-run.create')}
      </ActionButton>
      {!init.isRunning && <LinkButton onClick={onBack}>{t('first-run.back')}</LinkButton>}
      {init.isRunning && <StatusText state="working">{t('first-run.creating')}</StatusText>}
    </>
  );
  return (
    <DoorForm step={step} title={t('first-run.operator-question')} onSubmit={() => void create()} actions={actions}>
      {init.error !== undefined && <ErrorNotice error={init.error} />}
      <TextField
        size="door"
        label={t('first-run.operator-name')}
        hint={t('first-run.operator-name-hint')}
        value={operator}
        onChange={onOperator}
        error={isNameMissing && operator.trim() === '' ? t('first-run.operator-name-missing') : undefined}
        maxLength={64}
        takesFocus
      />
      <NewPassphrase ref={passphrase} known={[draft.name, operator, draft.mailDomain]} />
    </DoorForm>
  );
}
