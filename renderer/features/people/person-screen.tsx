import { useState, type ReactNode } from 'react';
import type { PersonDetails } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { Columns } from '../../shell/columns.tsx';
import { Page } from '../../shell/page.tsx';
import { useGo, useNavigation } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { ApplicationsPanel } from '../own/applications-panel.tsx';
import { OutsideRequestDialog } from '../requests/outside-request-dialog.tsx';
import { WaitingRequests } from '../requests/waiting-requests.tsx';
import type { ScreenProps } from '../feature.ts';
import { EarlierPanel } from './earlier-panel.tsx';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { MakeOpenPgpDialog } from './make-openpgp-dialog.tsx';
import { MailboxesPanel } from './mailboxes-panel.tsx';
import { OpenPgpFileDialog } from './openpgp-file-dialog.tsx';
import { MailProgramsPanel } from './mail-programs-panel.tsx';
import { MailSetupDialog } from './mail-setup-dialog.tsx';
import { PersonActions, type PersonAct } from './person-actions.tsx';
import { personState } from './person-state.ts';
import { ReportLost } from './report-lost.tsx';
import { RenewDialog } from './renew-dialog.tsx';

/** One person: how it stands, what to do next, and what there is. */
export function PersonScreen({ route: { id } }: ScreenProps<'person'>) {
  const back = useNavigation((navigation) => navigation.back);
  const { data: person, error, reload } = useQuery('people.show', { person: id });
  const toPeople = { label: t('person.back'), onClick: () => back({ name: 'people' }) };
  if (person !== undefined) return <Shown person={person} error={error} back={toPeople} />;
  return (
    <Page header={<PageHeader title={t('people.title')} back={toPeople} />}>
      {error !== undefined && (
        <ErrorNotice error={error} action={<ActionButton onClick={() => void reload()}>{t('window.try-again')}</ActionButton>} />
      )}
    </Page>
  );
}

interface ShownProps {
  readonly person: PersonDetails;
  readonly error: unknown;
  readonly back: { readonly label: string; readonly onClick: () => void };
}

function Shown({ person, error, back }: ShownProps) {
  const go = useGo();
  const state = personState(person, useNow());
  const [act, setAct] = useState<PersonAct>();
  const start = useCommand('enrollment.start');
  const issue = async () => {
    const started = await start.run({ people: [person.id] });
    if (started !== undefined) go({ name: 'enrol', job: started.job });
  };
  const failure = start.error ?? error;
  const close = () => setAct(undefined);
  return (
    <Page
      header={
        <PersonHeader
          person={person}
          back={back}
          actions={
            <PersonActions person={person} next={state.next} isIssuing={start.isRunning} onIssue={() => void issue()} onAct={setAct} />
          }
        />
      }
    >
      {failure !== undefined && <ErrorNotice error={failure} />}
      {state.text === undefined ? (
        <StatusText state={state.state} isSentence>
          {state.title}
        </StatusText>
      ) : (
        <Notice state={state.state} title={state.title}>
          {state.text}
        </Notice>
      )}
      <Columns
        side={
          <>
            <MailboxesPanel mailboxes={person.mailboxes} />
            <ApplicationsPanel person={person.id} />
            <WaitingRequests person={person.id} />
            <MailProgramsPanel person={person} />
            <EarlierPanel certificates={person.certificates} />
          </>
        }
      >
        <KeysPanel person={person} onMakeOpenPgp={() => setAct('make-openpgp')} onHandOverOpenPgp={() => setAct('hand-over-openpgp')} />
        <HistoryPanel person={person.id} history={person.history} />
      </Columns>
      {act === 'renew' && <RenewDialog person={person} onClose={close} onHandOver={() => setAct('hand-over')} />}
      {act === 'hand-over' && <HandOverDialog person={person} onClose={close} onMail={() => setAct('mail')} />}
      {act === 'mail' && <MailSetupDialog person={person} technology="smime" onClose={close} />}
      {act === 'lost' && <ReportLost person={person} onClose={close} />}
      <OpenPgpDialogs person={person} act={act} onAct={setAct} />
      {act === 'request' && <OutsideRequestDialog person={person} onClose={close} />}
      {act === 'leave' && <LeaveDialog person={person} onClose={close} />}
    </Page>
  );
}

interface OpenPgpDialogsProps {
  readonly person: PersonDetails;
  readonly act: PersonAct | undefined;
  readonly onAct: (act: PersonAct | undefined) => void;
}

function OpenPgpDialogs({ person, act, onAct }: OpenPgpDialogsProps) {
  const close = () => onAct(undefined);
  const newest = person.openPgp.find(({ isCurrent }) => isCurrent);
  if (act === 'make-openpgp') return <MakeOpenPgpDialog person={person} onClose={close} onHandOver={() => onAct('hand-over-openpgp')} />;
  if (act === 'mail-openpgp') return <MailSetupDialog person={person} technology="openpgp" onClose={close} />;
  return act === 'hand-over-openpgp' && newest !== undefined ? (
    <OpenPgpFileDialog person={person} openPgp={newest} onClose={close} onMail={() => onAct('mail-openpgp')} />
  ) : null;
}

interface PersonHeaderProps {
  readonly person: PersonDetails;
  readonly back: ShownProps['back'];
  readonly actions: ReactNode;
}

function PersonHeader({ person: { name, role, department, staffNumber }, back, actions }: PersonHeaderProps) {
  const facts = [role, department, staffNumber === null ? null : t('person.staff-number', { number: staffNumber })];
  return (
    <PageHeader
      back={back}
      picture={<Avatar name={name} size={48} />}
      title={<PersonName name={name} />}
      line={facts.filter((fact) => fact !== null).join(' · ')}
      actions={actions}
    />
  );
}
