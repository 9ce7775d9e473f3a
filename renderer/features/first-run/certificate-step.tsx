import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import { parseMailbox } from '../../../main/domain/x509/mailbox.ts';
import { t } from '../../i18n/translate.ts';
import { DoorForm } from '../../shell/door-form.tsx';
import { useGo } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FirstCertificate } from './first-certificate.tsx';
import styles from './certificate-step.module.css';

export interface CertificateStepProps {
  readonly step: string;
  readonly operator: string;
  readonly mailDomain: string;
  readonly onFinished: () => void;
}

/** What is wrong with an address, in words; undefined when nothing is. */
export function addressFault(typed: string, mailDomain: string): string | undefined {
  if (typed.trim() === '') return t('first-run.address-missing');
  try {
    parseMailbox(typed.trim());
    return undefined;
  } catch {
    return t('first-run.address-wrong', { example: `n.rahman@${mailDomain}` });
  }
}

/** The operator's own certificate, or the way to everybody's. */
export function CertificateStep({ step, operator, mailDomain, onFinished }: CertificateStepProps) {
  const [name, setName] = useState(operator);
  const [address, setAddress] = useState('');
  const [isTold, setTold] = useState(false);
  const [person, setPerson] = useState<string>();
  const add = useCommand('people.add');
  const fault = addressFault(address, mailDomain);
  const submit = async () => {
    setTold(true);
    if (fault !== undefined || name.trim() === '') return;
    const added = await add.run({ name: name.trim(), emails: [address.trim()] });
    if (added !== undefined) setPerson(added.person);
  };
  if (person !== undefined) {
    return <FirstCertificate step={step} person={person} name={name.trim()} address={address.trim()} onFinished={onFinished} />;
  }
  return (
    <DoorForm
      step={step}
      title={t('first-run.certificate-question')}
      onSubmit={() => void submit()}
      after={<OtherWays onFinished={onFinished} />}
      actions={
        <ActionButton kind="filled" size="door" submits isWorking={add.isRunning}>
          {t('first-run.issue')}
        </ActionButton>
      }
    >
      {add.error !== undefined && <ErrorNotice error={add.error} />}
      <TextField
        size="door"
        label={t('first-run.certificate-name')}
        hint={t('first-run.certificate-name-hint')}
        value={name}
        onChange={setName}
        error={isTold && name.trim() === '' ? t('first-run.operator-name-missing') : undefined}
        maxLength={200}
      />
      <TextField
        size="door"
        label={t('first-run.address')}
        value={address}
        onChange={setAddress}
        error={isTold ? fault : undefined}
        placeholder={`n.rahman@${mailDomain}`}
        onBlur={() => address !== '' && setTold(true)}
        maxLength={320}
        takesFocus
      />
    </DoorForm>
  );
}

function OtherWays({ onFinished }: { readonly onFinished: () => void }) {
  const go = useGo();
  const bringStaff = () => {
    go({ name: 'enrol' });
    onFinished();
  };
  return (
    <div className={styles.ways}>
      <div className={styles.or}>{t('first-run.or')}</div>
      <ActionButton size="door" icon={IconFileSpreadsheet} onClick={bringStaff}>
        {t('first-run.staff')}
      </ActionButton>
      <p className={styles.hint}>{t('first-run.staff-hint')}</p>
      <LinkButton onClick={onFinished}>{t('first-run.later')}</LinkButton>
    </div>
  );
}
