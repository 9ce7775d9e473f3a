import { IconDeviceFloppy, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { PersonDetails } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { AnswerOf } from '../../shell/answer-of.tsx';
import { Columns } from '../../shell/columns.tsx';
import { Page } from '../../shell/page.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { EarlierPanel } from '../people/earlier-panel.tsx';
import { HistoryPanel } from '../people/history-panel.tsx';
import { KeysPanel } from '../people/keys-panel.tsx';
import { MailboxesPanel } from '../people/mailboxes-panel.tsx';
import { personState } from '../people/person-state.ts';
import { useHandOverSheet } from '../people/use-hand-over-sheet.ts';
import { ApplicationsPanel } from './applications-panel.tsx';
import { ApplyDialog } from './apply-dialog.tsx';
import { OwnCardsPanel } from './own-cards-panel.tsx';

/** The page of whoever is signed in, as a person of the practice: what they have, and what they may ask for. */
export function OwnScreen() {
  const { data: status } = useQuery('workspace.status', {});
  const signedIn = status?.signedIn ?? null;
  if (signedIn === null) return null;
  if (signedIn.personId !== null) return <Own person={signedIn.personId} />;
  return (
    <Page header={<PageHeader title={<PersonName name={signedIn.name} />} />}>
      <Notice state="waiting" title={t('own.nobody-title')}>
        {t('own.nobody')}
      </Notice>
    </Page>
  );
}

function Own({ person }: { readonly person: string }) {
  const query = useQuery('people.show', { person });
  return <AnswerOf query={query}>{(own) => <Shown person={own} />}</AnswerOf>;
}

function Shown({ person }: { readonly person: PersonDetails }) {
  const { state, title } = personState(person, useNow());
  const [isApplying, setApplying] = useState(false);
  const sheet = useHandOverSheet(person.id, 'files');
  const hasSheet = person.certificates.some(({ isCurrent }) => isCurrent);
  const actions = (
    <>
      {hasSheet && (
        <ActionButton icon={IconDeviceFloppy} isWorking={sheet.isWorking} onClick={() => void sheet.save()}>
          {t('own.sheet')}
        </ActionButton>
      )}
      {person.status === 'active' && (
        <ActionButton icon={IconSend} kind="filled" onClick={() => setApplying(true)}>
          {t('own.apply')}
        </ActionButton>
      )}
    </>
  );
  const facts = [person.role, person.department].filter((fact) => fact !== null).join(' · ');
  const header = (
    <PageHeader
      picture={<Avatar name={person.name} size={48} />}
      title={<PersonName name={person.name} />}
      line={facts}
      actions={actions}
    />
  );
  return (
    <Page header={header}>
      {sheet.error !== undefined && <ErrorNotice error={sheet.error} />}
      <StatusText state={state} isSentence>
        {title}
      </StatusText>
      {sheet.path !== undefined && (
        <p role="status">
          <bdi>{t('own.saved', { path: sheet.path })}</bdi>
        </p>
      )}
      <Columns
        side={
          <>
            <OwnCardsPanel cards={person.cards} />
            <MailboxesPanel mailboxes={person.mailboxes} />
            <EarlierPanel certificates={person.certificates} />
          </>
        }
      >
        <ApplicationsPanel person={person.id} isOwn />
        <KeysPanel person={person} />
        <HistoryPanel person={person.id} history={person.history} />
      </Columns>
      {isApplying && <ApplyDialog person={person.id} onClose={() => setApplying(false)} />}
    </Page>
  );
}
