import { useRef, useState } from 'react';
import { Secret } from '../../../main/contract/client.ts';
import type { SubmissionView } from '../../../main/contract/submission.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './settings.module.css';

/** Where test messages come from, and the mail server that sends them. */
export function SubmissionPanel() {
  const { data, error } = useQuery('submission.show', {});
  return (
    <Panel title={t('submission.title')}>
      <div className={styles.rows}>
        <p>{t('submission.line')}</p>
        {error !== undefined && <ErrorNotice error={error} />}
        {data !== undefined && (
          <>
            <SenderRow view={data} />
            <ServerRows key={JSON.stringify(data.server)} view={data} />
          </>
        )}
      </div>
    </Panel>
  );
}

function SenderRow({ view: { sender } }: { readonly view: SubmissionView }) {
  const [address, setAddress] = useState(sender?.address ?? '');
  const set = useCommand('submission.setSender');
  const announce = useAnnounce();
  const save = async () => {
    if ((await set.run({ person: address })) !== undefined) announce(t('settings.saved'));
  };
  return (
    <>
      {set.error !== undefined && <ErrorNotice error={set.error} />}
      <TextField
        label={t('submission.sender')}
        hint={t('submission.sender-hint')}
        value={address}
        onChange={setAddress}
        maxLength={320}
        placeholder="keys@"
      />
      {(address.trim() !== (sender?.address ?? '') || sender === null) && (
        <div>
          <ActionButton isDisabled={address.trim() === ''} isWorking={set.isRunning} onClick={() => void save()}>
            {t('submission.choose')}
          </ActionButton>
        </div>
      )}
      {sender !== null && address.trim() === sender.address && (
        <StatusText state="fine" isSentence>
          {t('submission.chosen', { address: sender.address })}
        </StatusText>
      )}
    </>
  );
}

type Security = 'tls' | 'starttls';
const ports: Readonly<Record<Security, string>> = { tls: '465', starttls: '587' };

function ServerRows({ view: { server } }: { readonly view: SubmissionView }) {
  const [host, setHost] = useState(server?.host ?? '');
  const [security, setSecurity] = useState<Security>(server?.security ?? 'tls');
  const [port, setPort] = useState(String(server?.port ?? ports.tls));
  const [user, setUser] = useState(server?.user ?? '');
  const password = useRef<SecretFieldHandle>(null);
  const [set, check, remove] = [useCommand('submission.set'), useCommand('submission.check'), useCommand('submission.remove')];
  const [isGood, setGood] = useState(false);
  const announce = useAnnounce();
  const number = /^\d{1,5}$/.test(port) ? Number(port) : undefined;
  const save = async () => {
    if (number === undefined) return;
    const typed = password.current?.isEmpty() === false ? { password: new Secret(password.current.take()) } : {};
    const named = { host: host.trim(), port: number, security, user: user.trim() === '' ? null : user.trim(), ...typed };
    if ((await set.run(named)) !== undefined) announce(t('settings.saved'));
  };
  const look = async () => {
    setGood(false);
    if ((await check.run({})) === undefined) return;
    setGood(true);
    announce(t('submission.good'));
  };
  const failure = set.error ?? check.error ?? remove.error;
  return (
    <>
      {failure !== undefined && <ErrorNotice error={failure} />}
      <TextField label={t('submission.host')} hint={t('submission.host-hint')} value={host} onChange={setHost} maxLength={253} />
      <SelectField<Security>
        label={t('submission.security')}
        value={security}
        options={[
          { value: 'tls', label: t('submission.tls') },
          { value: 'starttls', label: t('submission.starttls') },
        ]}
        onChange={(chosen) => {
          setSecurity(chosen);
          setPort(ports[chosen]);
        }}
        width={360}
      />
      <TextField
        label={t('submission.port')}
        value={port}
        onChange={setPort}
        maxLength={5}
        {...(number === undefined ? { error: t('submission.port-wrong') } : {})}
      />
      <TextField label={t('submission.user')} value={user} onChange={setUser} maxLength={320} />
      <SecretField
        ref={password}
        label={t('submission.password')}
        hint={t(server?.hasPassword === true ? 'submission.password-kept' : 'submission.password-hint')}
      />
      {isGood && (
        <StatusText state="fine" isSentence>
          {t('submission.good')}
        </StatusText>
      )}
      <div className={styles.foot}>
        <ActionButton
          kind="filled"
          isDisabled={host.trim() === '' || number === undefined}
          isWorking={set.isRunning}
          onClick={() => void save()}
        >
          {t('submission.save')}
        </ActionButton>
        {server !== null && (
          <>
            <ActionButton isWorking={check.isRunning} onClick={() => void look()}>
              {t('submission.check')}
            </ActionButton>
            <ActionButton isWorking={remove.isRunning} onClick={() => void remove.run({})}>
              {t('submission.remove')}
            </ActionButton>
          </>
        )}
      </div>
    </>
  );
}
