import { useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LanguageField } from '../people/language-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { addressFault, isComplete, nobodyTyped, personInput, splitAddresses, takeApart, type TypedPerson } from './one-person.ts';
import styles from './form.module.css';

/** Takes one person in by hand and issues their certificates. */
export function OnePersonDialog({ onClose }: { readonly onClose: () => void }) {
  const go = useGo();
  const add = useCommand('people.add');
  const start = useCommand('enrollment.start');
  const [typed, setTyped] = useState<TypedPerson>(nobodyTyped);
  const [added, setAdded] = useState<string>();
  const error = add.error ?? start.error;
  const issue = async () => {
    const person = added ?? (await add.run(personInput(typed)))?.person;
    if (person === undefined) return;
    setAdded(person);
    const started = await start.run({ people: [person] });
    if (started !== undefined) go({ name: 'enrol', job: started.job });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t('one-person.not-now')}</ActionButton>
      <ActionButton kind="filled" isDisabled={!isComplete(typed)} isWorking={add.isRunning || start.isRunning} onClick={() => void issue()}>
        {t('one-person.start')}
      </ActionButton>
    </>
  );
  return (
    <Dialog isOpen onClose={onClose} title={t('one-person.title')} line={t('one-person.line')} actions={actions} width={520}>
      <div className={styles.fields}>
        {error !== undefined && <ErrorNotice error={error} />}
        <PersonFields typed={typed} onChange={setTyped} isTaken={added !== undefined} />
      </div>
    </Dialog>
  );
}

interface PersonFieldsProps {
  readonly typed: TypedPerson;
  readonly onChange: (typed: TypedPerson) => void;
  /** They are taken in already; only issuing is to be tried again. */
  readonly isTaken: boolean;
}

function PersonFields({ typed, onChange, isTaken }: PersonFieldsProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const leave = (field: string) => () => setLeft((before) => new Set([...before, field]));
  const change = (field: keyof TypedPerson) => (value: string) => onChange({ ...typed, [field]: value });
  const emailFault = left.has('email') ? addressFault(typed.email) : undefined;
  const otherFault = left.has('others')
    ? splitAddresses(typed.others)
        .map(addressFault)
        .find((fault) => fault !== undefined)
    : undefined;
  return (
    <>
      <TextField
        label={t('one-person.name')}
        hint={t('one-person.name-hint')}
        value={typed.name}
        onChange={(name) => onChange(takeApart(typed, name))}
        onBlur={leave('name')}
        error={left.has('name') && typed.name.trim() === '' ? t('one-person.name-missing') : undefined}
        isDisabled={isTaken}
        maxLength={200}
        isRequired
        takesFocus
      />
      <TextField
        label={t('one-person.email')}
        value={typed.email}
        onChange={change('email')}
        onBlur={leave('email')}
        error={emailFault}
        isDisabled={isTaken}
        maxLength={320}
        isRequired
      />
      <TextField
        label={t('one-person.others')}
        hint={t('one-person.others-hint')}
        value={typed.others}
        onChange={change('others')}
        onBlur={leave('others')}
        error={otherFault}
        isDisabled={isTaken}
        maxLength={1000}
      />
      <WorkFields typed={typed} onChange={change} isTaken={isTaken} />
    </>
  );
}

interface WorkFieldsProps {
  readonly typed: TypedPerson;
  readonly onChange: (field: keyof TypedPerson) => (value: string) => void;
  readonly isTaken: boolean;
}

/** What may be left empty. */
function WorkFields({ typed, onChange, isTaken }: WorkFieldsProps) {
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={t('one-person.department')}
          value={typed.department}
          onChange={onChange('department')}
          isDisabled={isTaken}
          maxLength={100}
        />
        <TextField label={t('one-person.role')} value={typed.role} onChange={onChange('role')} isDisabled={isTaken} maxLength={100} />
      </div>
      <div className={styles.pair}>
        <TextField
          label={t('one-person.staff-number')}
          value={typed.staffNumber}
          onChange={onChange('staffNumber')}
          isDisabled={isTaken}
          maxLength={64}
        />
        <LanguageField value={typed.language} onChange={onChange('language')} />
      </div>
    </>
  );
}
