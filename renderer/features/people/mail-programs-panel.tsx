import type { PersonMailSetup } from '../../../main/contract/people.ts';
import { mailClientNames } from '../../../main/domain/mail-client/mail-client.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { DateText } from '../../ui/date-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './mailboxes-panel.module.css';

/** The mail programs on this computer that were set up for a person, and whether they have what is in use now. */
export function MailProgramsPanel({ setups }: { readonly setups: readonly PersonMailSetup[] }) {
  if (setups.length === 0) return null;
  return (
    <Panel title={t('mail.programs')}>
      <ul className={styles.list}>
        {setups.map((setup) => (
          <li key={`${setup.client} ${setup.profile} ${setup.at}`}>
            <StatusText state={setup.isCurrent ? 'fine' : 'soon'} isSentence>
              <SetupWords setup={setup} />
            </StatusText>
            <p className={styles.kind}>{t('mail.profile', { profile: setup.profile })}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function SetupWords({ setup: { client, at, isCurrent } }: { readonly setup: PersonMailSetup }) {
  return (
    <Sentence of={isCurrent ? 'mail.set-up' : 'mail.outdated'} with={{ program: mailClientNames[client], day: <DateText of={at} /> }} />
  );
}
