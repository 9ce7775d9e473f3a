import { useState } from 'react';
import type { IncidentView } from '../../../main/contract/incidents.ts';
import { t } from '../../i18n/translate.ts';
import { AnswerOf } from '../../shell/answer-of.tsx';
import { Columns } from '../../shell/columns.tsx';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useNavigation } from '../../state/navigation.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { ScreenProps } from '../feature.ts';
import { KeysPanel, NoticePanel, TimelinePanel } from './incident-panels.tsx';
import { PrintButton } from './print-button.tsx';
import { TextDialog } from './text-dialog.tsx';

/** What was collected about something that happened, and what is to be done about it. */
export function IncidentScreen({ route }: ScreenProps<'incident'>) {
  const query = useQuery('incidents.show', { incident: route.number });
  return <AnswerOf query={query}>{(incident) => <Incident incident={incident} />}</AnswerOf>;
}

function Incident({ incident }: { readonly incident: IncidentView }) {
  return (
    <Page header={<Header incident={incident} />}>
      {incident.closed !== null && (
        <Notice state="ended" title={t('incidents.closed')}>
          <bdi>{t('incidents.closed-by', { name: incident.closed.by, conclusion: incident.closed.conclusion })}</bdi>
        </Notice>
      )}
      <Columns side={<NoticePanel incident={incident} />}>
        <KeysPanel keys={incident.keys} />
        <TimelinePanel timeline={incident.timeline} />
      </Columns>
    </Page>
  );
}

function Header({ incident }: { readonly incident: IncidentView }) {
  const back = useNavigation((navigation) => navigation.back);
  const { number, title, state, openedBy } = incident;
  return (
    <PageHeader
      back={{ label: t('window.back'), onClick: () => back({ name: 'incidents' }) }}
      title={<bdi>{title}</bdi>}
      line={`${t('incidents.number', { number })} · ${t('incidents.summary', { state: t(`incidents.state-${state}`), name: openedBy })}`}
      actions={
        <>
          <PrintButton incident={number} />
          {state === 'open' && (
            <Permitted call="incidents.close">
              <Words incident={number} of="close" />
              <Words incident={number} of="note" />
            </Permitted>
          )}
        </>
      }
    />
  );
}

/** Adds a note, or ends the incident with a conclusion. */
function Words({ incident, of }: { readonly incident: number; readonly of: 'note' | 'close' }) {
  const [isOpen, setOpen] = useState(false);
  const note = useCommand('incidents.note');
  const close = useCommand('incidents.close');
  const announce = useAnnounce();
  const command = { note, close }[of];
  const say = async (text: string) => {
    const done = of === 'note' ? await note.run({ incident, text }) : await close.run({ incident, conclusion: text });
    if (done === undefined) return;
    setOpen(false);
    announce(t(of === 'note' ? 'incidents.noted' : 'incidents.closed'));
  };
  const words = t(of === 'note' ? 'incidents.note' : 'incidents.close');
  return (
    <>
      <ActionButton kind={of === 'note' ? 'filled' : 'quiet'} onClick={() => setOpen(true)}>
        {words}
      </ActionButton>
      {isOpen && (
        <TextDialog
          title={words}
          line={t(of === 'note' ? 'incidents.note-hint' : 'incidents.close-line')}
          label={t(of === 'note' ? 'incidents.note' : 'incidents.conclusion')}
          act={t(of === 'note' ? 'incidents.note-do' : 'incidents.close')}
          isWorking={command.isRunning}
          error={command.error}
          onClose={() => setOpen(false)}
          onSay={(text) => void say(text)}
        />
      )}
    </>
  );
}
