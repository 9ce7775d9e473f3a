import { useRef, useState } from 'react';
import { Secret, type FileContent } from '../../../main/contract/client.ts';
import type { SubmissionView } from '../../../main/contract/submission.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { SecretField, type SecretFieldHandle } from '../../ui/secret-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './settings.module.css';

type Server = SubmissionView['server'];
type Security = 'tls' | 'starttls';

/** Whose word counts for the server's certificate: authorities this computer trusts, or one that is given here. */
type Trust = 'computer' | 'own';

interface Draft {
  readonly host: string;
  readonly security: Security;
  readonly port: string;
  readonly user: string;
  readonly trust: Trust;
}

const usualPorts: Readonly<Record<Security, string>> = { tls: '465', starttls: '587' };

const draftOf = (server: Server): Draft => ({
  host: server?.host ?? '',
  security: server?.security ?? 'tls',
  port: String(server?.port ?? usualPorts.tls),
  user: server?.user ?? '',
  trust: server?.hasOwnTrust === true ? 'own' : 'computer',
});

/** Undefined for what is no port. */
const portOf = ({ port }: Draft): number | undefined => (/^\d{1,5}$/.test(port) && Number(port) <= 65_535 ? Number(port) : undefined);

/** The mail server of the practice: named, looked at, forgotten. */
export function ServerForm({ server }: { readonly server: Server }) {
  const [draft, setDraft] = useState(draftOf(server));
  const [authority, setAuthority] = useState<FileContent>();
  const password = useRef<SecretFieldHandle>(null);
  const set = useCommand('submission.set');
  const announce = useAnnounce();
  const [host, user, port] = [draft.host.trim(), draft.user.trim(), portOf(draft)];
  const isTrustSaid = draft.trust === 'computer' || (authority === undefined ? isKept(server, host) : isCertificate(authority));
  const save = async () => {
    if (port === undefined) return;
    const typed = password.current?.isEmpty() === false ? { password: new Secret(password.current.take()) } : {};
    const named = { host, port, security: draft.security, user: user === '' ? null : user, ...trustOf(draft, authority), ...typed };
    if ((await set.run(named)) !== undefined) announce(t('settings.saved'));
  };
  return (
    <>
      {set.error !== undefined && <ErrorNotice error={set.error} />}
      <ServerFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
      <TrustFields
        server={server}
        draft={draft}
        authority={authority}
        onTrust={(trust) => setDraft({ ...draft, trust })}
        onFile={setAuthority}
      />
      <SecretField
        ref={password}
        label={t('submission.password')}
        hint={t(server?.hasPassword === true ? 'submission.password-kept' : 'submission.password-hint')}
      />
      <div className={styles.foot}>
        <ActionButton
          kind="filled"
          isDisabled={host === '' || port === undefined || !isTrustSaid}
          isWorking={set.isRunning}
          onClick={() => void save()}
        >
          {t('submission.save')}
        </ActionButton>
      </div>
      {server !== null && <NamedServer />}
    </>
  );
}

/** Certificates as text take no more. Octets. */
const largestAuthority = 262_144;

const textOf = ({ bytes }: FileContent): string => new TextDecoder().decode(bytes);

const isCertificate = (file: FileContent): boolean => textOf(file).includes('-----BEGIN CERTIFICATE-----');

/** An authority that was given before stays for the same server. */
const isKept = (server: Server, host: string): boolean => server?.hasOwnTrust === true && server.host === host;

function trustOf({ trust }: Draft, authority: FileContent | undefined): { readonly trust?: string | null } {
  if (trust === 'computer') return { trust: null };
  return authority === undefined ? {} : { trust: textOf(authority) };
}

interface TrustFieldsProps {
  readonly server: Server;
  readonly draft: Draft;
  readonly authority: FileContent | undefined;
  readonly onTrust: (trust: Trust) => void;
  readonly onFile: (file: FileContent) => void;
}

const TrustFields = ({ server, draft, authority, onTrust, onFile }: TrustFieldsProps) => (
  <>
    <SelectField<Trust>
      label={t('submission.trust')}
      value={draft.trust}
      options={[
        { value: 'computer', label: t('submission.trust-computer') },
        { value: 'own', label: t('submission.trust-own') },
      ]}
      onChange={onTrust}
      width={360}
    />
    {draft.trust === 'own' && (
      <FileField
        label={t('submission.authority')}
        hint={t(isKept(server, draft.host.trim()) ? 'submission.authority-kept' : 'submission.authority-hint')}
        act={t('submission.authority-choose')}
        accept=".pem,.crt,.cer"
        maximumLength={largestAuthority}
        file={authority}
        onFile={onFile}
        {...(authority === undefined || isCertificate(authority) ? {} : { error: t('submission.authority-wrong') })}
      />
    )}
  </>
);

interface ServerFieldsProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

const ServerFields = ({ draft, onChange }: ServerFieldsProps) => (
  <>
    <TextField
      label={t('submission.host')}
      hint={t('submission.host-hint')}
      value={draft.host}
      onChange={(host) => onChange({ host })}
      maxLength={253}
    />
    <SelectField<Security>
      label={t('submission.security')}
      value={draft.security}
      options={[
        { value: 'tls', label: t('submission.tls') },
        { value: 'starttls', label: t('submission.starttls') },
      ]}
      onChange={(security) => onChange({ security, port: usualPorts[security] })}
      width={360}
    />
    <TextField
      label={t('submission.port')}
      value={draft.port}
      onChange={(port) => onChange({ port })}
      maxLength={5}
      {...(portOf(draft) === undefined ? { error: t('submission.port-wrong') } : {})}
    />
    <TextField label={t('submission.user')} value={draft.user} onChange={(user) => onChange({ user })} maxLength={320} />
  </>
);

/** What can be done with the one that is saved. */
function NamedServer() {
  const [check, remove] = [useCommand('submission.check'), useCommand('submission.remove')];
  const [isGood, setGood] = useState(false);
  const announce = useAnnounce();
  const look = async () => {
    setGood(false);
    if ((await check.run({})) === undefined) return;
    setGood(true);
    announce(t('submission.good'));
  };
  const failure = check.error ?? remove.error;
  return (
    <>
      {failure !== undefined && <ErrorNotice error={failure} />}
      {isGood && (
        <StatusText state="fine" isSentence>
          {t('submission.good')}
        </StatusText>
      )}
      <div className={styles.foot}>
        <ActionButton isWorking={check.isRunning} onClick={() => void look()}>
          {t('submission.check')}
        </ActionButton>
        <ActionButton isWorking={remove.isRunning} onClick={() => void remove.run({})}>
          {t('submission.remove')}
        </ActionButton>
      </div>
    </>
  );
}
