import { useState } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { MadeRequest } from '../requests/made-request.tsx';
import { domainWords, faultyDomain, splitDomains } from './authority-words.ts';
import type { AuthorityDialogProps } from './authority-act.ts';
import styles from './authority-dialogs.module.css';

/** Octets. */
const maximumLength = 1024 * 1024;

/** Signs the request of an authority whose key is elsewhere, with the key of this one. */
export function CertifyDialog({ authority, onClose }: AuthorityDialogProps) {
  const command = useCommand('offline.certify');
  const [request, setRequest] = useState<FileContent>();
  const [signs, setSigns] = useState<'people' | 'authorities'>('people');
  const [domains, setDomains] = useState('');
  const [answer, setAnswer] = useState<FileContent>();
  if (answer !== undefined) return <MadeRequest file={answer} title={t('certify.made')} line={t('certify.made-line')} onClose={onClose} />;
  const isComplete = request !== undefined && faultyDomain(domains) === undefined;
  const pathLength = signs === 'authorities' ? authority.levelsBelow - 1 : 0;
  const sign = async () => {
    if (request === undefined) return;
    setAnswer((await command.run({ request, under: authority.id, mailDomains: splitDomains(domains), pathLength }))?.file);
  };
  const choose = (file: FileContent) => {
    command.clearError();
    setRequest(file);
  };
  const actions = (
    <>
      <ActionButton onClick={onClose} isDisabled={command.isRunning} takesFocus>
        {t('authority-act.not-now')}
      </ActionButton>
      <ActionButton kind="filled" onClick={() => void sign()} isDisabled={!isComplete} isWorking={command.isRunning}>
        {t('certify.act')}
      </ActionButton>
    </>
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('certify.title', { name: authority.name })}
      line={t('certify.line')}
      actions={actions}
      width={560}
    >
      <div className={styles.rows}>
        {command.error !== undefined && <ErrorNotice error={command.error} />}
        <FileField
          label={t('certify.file')}
          act={t('certify.choose')}
          accept=".csr,.req,.pem,.p10,.der"
          maximumLength={maximumLength}
          file={request}
          onFile={choose}
        />
        <WhatFor authority={authority} value={signs} onChange={setSigns} />
        <Domains authority={authority} value={domains} onChange={setDomains} />
      </div>
    </Dialog>
  );
}

interface FieldProps<Value> {
  readonly authority: AuthoritySummary;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Nothing to choose where this authority stands just above those that issue. */
function WhatFor({ authority: { levelsBelow, name }, value, onChange }: FieldProps<'people' | 'authorities'>) {
  const isOpen = levelsBelow > 1;
  const signs = isOpen ? (['people', 'authorities'] as const) : (['people'] as const);
  return (
    <SelectField
      label={t('new-authority.for')}
      value={value}
      options={signs.map((one) => ({ value: one, label: t(`new-authority.for.${one}`) }))}
      onChange={onChange}
      {...(isOpen ? {} : { hint: t('new-authority.for.ends', { name }) })}
    />
  );
}

function Domains({ authority: { mailDomains, name }, value, onChange }: FieldProps<string>) {
  const [isLeft, setLeft] = useState(false);
  const fault = isLeft ? faultyDomain(value) : undefined;
  const bound = { name, domains: domainWords(mailDomains) };
  return (
    <TextField
      label={t('new-authority.domains')}
      hint={mailDomains.length === 0 ? t('new-authority.domains-hint') : t('new-authority.domains-bound', bound)}
      value={value}
      onChange={onChange}
      onBlur={() => setLeft(true)}
      error={fault === undefined ? undefined : t('new-authority.domains-fault', { domain: fault })}
      maxLength={1000}
    />
  );
}
