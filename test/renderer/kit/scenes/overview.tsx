import { IconShieldCheck, IconUserPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AppShell } from '../../../../renderer/shell/app-shell.tsx';
import { Columns } from '../../../../renderer/shell/columns.tsx';
import { placeGroups } from '../../../../renderer/shell/navigation.ts';
import { Page } from '../../../../renderer/shell/page.tsx';
import type { RouteName } from '../../../../renderer/state/navigation.ts';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { Legend } from '../../../../renderer/ui/legend.tsx';
import { LinkButton } from '../../../../renderer/ui/link-button.tsx';
import { PageHeader } from '../../../../renderer/ui/page-header.tsx';
import { Panel } from '../../../../renderer/ui/panel.tsx';
import { PersonName } from '../../../../renderer/ui/person-name.tsx';
import { ShareMeter } from '../../../../renderer/ui/share-meter.tsx';
import { StatusText } from '../../../../renderer/ui/status-text.tsx';
import { TodoList } from '../../../../renderer/ui/todo-list.tsx';
import { TodoRow } from '../../../../renderer/ui/todo-row.tsx';
import { WeekBars } from '../../../../renderer/ui/week-bars.tsx';

const nothing = () => undefined;

/** The window around a scene, every place shown as if its screen were there. */
export function SceneShell({ current, children }: { readonly current: RouteName; readonly children: ReactNode }) {
  return (
    <AppShell
      groups={placeGroups}
      current={current}
      counts={{ overview: 5, recovery: 1 }}
      onGo={nothing}
      onFind={nothing}
      reader={{ state: 'fine', words: 'Reader ready, no card in' }}
      person={{ name: 'Nadia Rahman', role: 'Practice admin' }}
      onLock={nothing}
    >
      {children}
    </AppShell>
  );
}

export function OverviewScene() {
  const header = (
    <PageHeader
      title="Good morning, Nadia. Five things need you."
      line="Monday 23 November 2026 · Ridgeway Family Practice, 214 people"
      actions={<ActionButton icon={IconUserPlus}>Enrol people</ActionButton>}
    />
  );
  return (
    <SceneShell current="overview">
      <Page header={header}>
        <Columns side={<Side />}>
          <Todo />
        </Columns>
      </Page>
    </SceneShell>
  );
}

function Todo() {
  return (
    <>
      <TodoList label="What needs you">
        <TodoRow
          state="stopped"
          sentence="Dr. Ngozi Eze’s card was reported lost. Her new card is ready."
          why="The lost one no longer works. Until she has this one she cannot sign."
          due="Today"
          action={{ text: 'Hand over card', onClick: nothing }}
          isMostUrgent
        />
        <TodoRow
          state="soon"
          sentence="Dr. Adaeze Okafor’s signing certificate ends in 12 days."
          why="After that, hospitals see a warning on her mail. Old mail still opens."
          due="5 Dec"
          action={{ text: 'Renew', onClick: nothing }}
        />
        <TodoRow
          state="waiting"
          sentence="Dr. Tomasz Wiśniewski’s old mail waits for your approval."
          why={
            <>
              For the handover to Dr. <PersonName name="דנה לוי" />. Two people must agree; Rachel Stein has.
            </>
          }
          due="Tomorrow"
          action={{ text: 'Read the request', onClick: nothing }}
        />
        <TodoRow
          state="soon"
          sentence="9 certificates end in the week of 14 December."
          why="All at Harbour Street. One renewal covers them; no cards needed."
          due="14 Dec"
          action={{ text: 'Renew all 9', onClick: nothing }}
        />
        <TodoRow
          state="waiting"
          sentence="3 new people have not set up their mail program yet."
          why={
            <>
              <PersonName name="田中 美咲" />, <PersonName name="Олена Шевченко" /> and <PersonName name="Søren Kjærgaard" /> have all they
              need.
            </>
          }
          due="This week"
          action={{ text: 'Send set-up help', onClick: nothing }}
        />
      </TodoList>
      <Panel
        title="What ends, week by week"
        hint="Next 13 weeks"
        action={<Legend items={[{ name: 'Mail certificates' }, { name: 'OpenPGP keys', isStriped: true }]} />}
      >
        <WeekBars label="What ends, week by week" weeks={weeks} stripedName="OpenPGP keys" />
      </Panel>
    </>
  );
}

const counts = [
  [0, 0],
  [1, 0],
  [3, 1],
  [9, 0],
  [4, 1],
  [0, 0],
  [6, 2],
  [6, 0],
  [2, 0],
  [6, 1],
  [15, 3],
  [3, 0],
  [9, 2],
] as const;
const weeks = counts.map(([count, striped], index) => ({ start: new Date(2026, 10, 23 + 7 * index), count, striped }));

const running: readonly (readonly [string, string])[] = [
  ['Revocation list published', '06:00'],
  ['Backup made and read back', '02:14'],
  ['Restore drill passed', '12 Nov'],
];

function Side() {
  return (
    <>
      <Panel title="Audit log" action={<LinkButton onClick={nothing}>Open</LinkButton>}>
        <div style={{ display: 'flex', gap: 14, alignItems: 'center' }}>
          <IconShieldCheck size={32} stroke={1.6} color="var(--kw-good-fill)" aria-hidden />
          <div>
            <p style={{ fontWeight: 600 }}>Complete and unaltered</p>
            <p style={{ fontSize: 13, color: 'var(--kw-ink-2)' }}>18,442 entries, checked 4 minutes ago</p>
          </div>
        </div>
      </Panel>
      <Panel title="Who is covered" action={<LinkButton onClick={nothing}>People to go</LinkButton>}>
        <div style={{ display: 'flex', flexDirection: 'column', gap: 10 }}>
          <ShareMeter label="Can sign and open secure mail" rest="11 to go" count={203} of={214} />
          <ShareMeter label="Can write to OpenPGP partners" rest="6 to go" count={64} of={70} />
          <ShareMeter label="Have their own card" rest="31 use the vault" count={183} of={214} />
          <ShareMeter label="Mail program proven by a test" rest="14 to go" count={189} of={203} />
        </div>
      </Panel>
      <Panel title="Running by itself">
        <ul>
          {running.map(([words, time]) => (
            <li key={words} style={{ display: 'flex', fontSize: 13, lineHeight: '28px' }}>
              <span style={{ flex: 1 }}>
                <StatusText state="fine">{words}</StatusText>
              </span>
              <span style={{ fontSize: 12, color: 'var(--kw-ink-2)' }}>{time}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
