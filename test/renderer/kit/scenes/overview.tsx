import { IconUserPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AppShell } from '../../../../renderer/shell/app-shell.tsx';
import { Columns } from '../../../../renderer/shell/columns.tsx';
import { placeGroups } from '../../../../renderer/shell/navigation.ts';
import { Page } from '../../../../renderer/shell/page.tsx';
import type { RouteName } from '../../../../renderer/state/navigation.ts';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { LinkButton } from '../../../../renderer/ui/link-button.tsx';
import { PageHeader } from '../../../../renderer/ui/page-header.tsx';
import { Panel } from '../../../../renderer/ui/panel.tsx';
import { PersonName } from '../../../../renderer/ui/person-name.tsx';
import { TodoList } from '../../../../renderer/ui/todo-list.tsx';
import { TodoRow } from '../../../../renderer/ui/todo-row.tsx';

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
    </TodoList>
  );
}

function Side() {
  return (
    <Panel title="Audit log" action={<LinkButton onClick={nothing}>Open</LinkButton>}>
      Complete and unaltered
    </Panel>
  );
}
