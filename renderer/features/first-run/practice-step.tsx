import { useState } from 'react';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { DoorForm } from '../../shell/door-form.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ItChoices } from './it-choices.tsx';
import { domainFault, faultsOf, type PracticeDraft } from './practice-draft.ts';

export interface PracticeStepProps {
  readonly step: string;
  readonly draft: PracticeDraft;
  readonly onChange: (change: Partial<PracticeDraft>) => void;
  readonly onNext: () => void;
  /** There was a practice: it comes from a backup. */
  readonly onRestore: () => void;
}

/** The practice and its mail domain. */
export function PracticeStep({ step, draft, onChange, onNext, onRestore }: PracticeStepProps) {
  // A fault is told once somebody has left the field or wants to go on, and from then on while typing.
  const [told, setTold] = useState({ name: false, mailDomain: false, publishUrl: false });
  const faults = faultsOf(draft);
  const isGood = domainFault(draft.mailDomain) === undefined;
  const submit = () => {
    setTold({ name: true, mailDomain: true, publishUrl: true });
    if (Object.keys(faults).length === 0) onNext();
  };
  return (
    <DoorForm
      step={step}
      title={t('first-run.practice-question')}
      onSubmit={submit}
      after={<ItChoices draft={draft} onChange={onChange} publishUrlFault={told.publishUrl ? faults.publishUrl : undefined} />}
      actions={
        <>
          <ActionButton kind="filled" size="door" goesOn submits>
            {t('first-run.next-operator')}
          </ActionButton>
          <LinkButton onClick={onRestore}>{t('restore.link')}</LinkButton>
        </>
      }
    >
      <TextField
        size="door"
        label={t('first-run.practice-name')}
        hint={t('first-run.practice-name-hint')}
        value={draft.name}
        onChange={(name) => onChange({ name })}
        error={told.name ? faults.name : undefined}
        onBlur={() => draft.name !== '' && setTold((before) => ({ ...before, name: true }))}
        maxLength={64}
        takesFocus
      />
      <div>
        <TextField
          size="door"
          label={t('first-run.domain')}
          hint={t('first-run.domain-hint')}
          left="@"
          value={draft.mailDomain}
          onChange={(mailDomain) => onChange({ mailDomain })}
          error={told.mailDomain ? faults.mailDomain : undefined}
          onBlur={() => draft.mailDomain !== '' && setTold((before) => ({ ...before, mailDomain: true }))}
          maxLength={253}
        />
        <div aria-live="polite">{isGood && <Sample domain={draft.mailDomain.trim()} />}</div>
      </div>
    </DoorForm>
  );
}

function Sample({ domain }: { readonly domain: string }) {
  return (
    <div style={{ paddingTop: 8 }}>
      <StatusText state="fine" isSentence>
        <Sentence
          of="first-run.sample"
          with={{
            address: (
              <strong>
                <bdi>n.rahman@{domain}</bdi>
              </strong>
            ),
          }}
        />
      </StatusText>
    </div>
  );
}
