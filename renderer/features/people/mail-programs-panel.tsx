import { IconMailCheck, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { MailPackage, MailTest } from '../../../main/contract/mail.ts';
import type { PersonDetails, PersonMailSetup } from '../../../main/contract/people.ts';
import { mailKitName } from '../../../main/domain/mail-client/kit/kits.ts';
import { mailClientNames } from '../../../main/domain/mail-client/mail-client.ts';
import type { MailProgramId } from '../../../main/domain/mail-client/test-message.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useMay } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { packageLooks } from '../mail-programs/package-words.ts';
import { TestMessageDialog } from '../mail-programs/test-message-dialog.tsx';
import styles from './mailboxes-panel.module.css';

export interface MailProgramsPanelProps {
  readonly person: Pick<PersonDetails, 'id' | 'name' | 'status' | 'mailSetups' | 'mailTests'>;
}

/** Where a person's keys went, and what is proved of each place. */
export function MailProgramsPanel({ person }: MailProgramsPanelProps) {
  const may = useMay();
  const [isTesting, setTesting] = useState(false);
  const { data } = useQuery('mail.packages', { person: person.id });
  const packages = (data?.packages ?? []).filter(({ state }) => state !== 'withdrawn');
  const tests = person.mailTests.filter(({ client }) => !packages.some((one) => one.client === client && one.state === 'proved'));
  if (person.mailSetups.length + packages.length + tests.length === 0) return null;
  return (
    <Panel title={t('mail.programs')}>
      <ul className={styles.list}>
        {person.mailSetups.map((setup) => (
          <li key={`${setup.client} ${setup.technology} ${setup.profile} ${setup.at}`}>
            <SetUp person={person.id} setup={setup} />
          </li>
        ))}
        {packages.map((one) => (
          <li key={one.id}>
            <StatusText state={packageLooks[one.state]} isSentence>
              <PackageWords one={one} />
            </StatusText>
            <div className={styles.below}>
              <p className={styles.kind}>{t('packages.number', { number: one.number })}</p>
            </div>
          </li>
        ))}
        {tests.map((test) => (
          <li key={test.id}>
            <StatusText state={test.state === 'proved' ? 'fine' : 'waiting'} isSentence>
              <TestWords test={test} />
            </StatusText>
          </li>
        ))}
      </ul>
      {may('mail.test') && person.status === 'active' && (
        <div className={styles.test}>
          <ActionButton size="row" icon={IconMailCheck} onClick={() => setTesting(true)}>
            {t('test-message.open')}
          </ActionButton>
        </div>
      )}
      {isTesting && <TestMessageDialog person={person} onClose={() => setTesting(false)} />}
    </Panel>
  );
}

/** A mail program on this computer: set up, read back, proved. */
function SetUp({ person, setup }: { readonly person: string; readonly setup: PersonMailSetup }) {
  const { client, technology, at, isCurrent, profile, target, checkedAt, provedAt, findings } = setup;
  const may = useMay();
  const check = useCommand('mail.check');
  const named = mailClientNames[client];
  const program = technology === 'openpgp' ? t('mail.with-openpgp', { program: named }) : named;
  const state = !isCurrent ? 'soon' : findings.length > 0 ? 'stopped' : 'fine';
  return (
    <>
      <StatusText state={state} isSentence>
        <Sentence of={isCurrent ? 'mail.set-up' : 'mail.outdated'} with={{ program, day: <DateText of={at} /> }} />{' '}
        {isCurrent && findings.length === 0 && provedAt !== null && (
          <Sentence of="mail.proved-on" with={{ day: <DateText of={provedAt} /> }} />
        )}
        {findings.length > 0 && checkedAt !== null && <Sentence of="mail.found-on" with={{ day: <DateText of={checkedAt} /> }} />}
      </StatusText>
      <div className={styles.below}>
        {findings.map(({ code, address, sentence }) => (
          <p key={`${code} ${address ?? ''}`} className={styles.kind}>
            {sentence}
          </p>
        ))}
        <p className={styles.kind}>{t('mail.profile', { profile })}</p>
        {check.error !== undefined && <ErrorNotice error={check.error} />}
        {may('mail.check') && (
          <ActionButton
            size="row"
            icon={IconRefresh}
            isWorking={check.isRunning}
            onClick={() => void check.run({ person, client, target, technology })}
          >
            {t('mail.check')}
          </ActionButton>
        )}
      </div>
    </>
  );
}

function PackageWords({ one: { client, state, expiresAt, pickedUpAt, provedAt } }: { readonly one: MailPackage }) {
  const program = mailKitName(client);
  const on = { proved: provedAt, 'picked-up': pickedUpAt, waiting: expiresAt, expired: expiresAt } as const;
  if (state !== 'proved' && state !== 'picked-up' && state !== 'waiting' && state !== 'expired')
    return <Sentence of="package-at.other" with={{ program, state: t(`package-state.${state}`) }} />;
  return <Sentence of={`package-at.${state}`} with={{ program, day: <DateText of={on[state] ?? ''} /> }} />;
}

function TestWords({ test: { client, state, madeAt, expiresAt, provedAt } }: { readonly test: MailTest }) {
  const program = client === null ? t('test-message.some-program') : programName(client);
  if (state === 'proved') return <Sentence of="package-at.proved" with={{ program, day: <DateText of={provedAt ?? ''} /> }} />;
  return <Sentence of="test-message.waits" with={{ program, day: <DateText of={madeAt} />, until: <DateText of={expiresAt} /> }} />;
}

const isHere = (client: MailProgramId): client is keyof typeof mailClientNames => Object.hasOwn(mailClientNames, client);

const programName = (client: MailProgramId): string => (isHere(client) ? mailClientNames[client] : mailKitName(client));
