import { IconPrinter, IconSquare } from '@tabler/icons-react';
import { useCallback } from 'react';
import { BottomBar } from '../../../../renderer/shell/bottom-bar.tsx';
import { Page } from '../../../../renderer/shell/page.tsx';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { Avatar } from '../../../../renderer/ui/avatar.tsx';
import type { DataColumn } from '../../../../renderer/ui/data-column.ts';
import { DataTable } from '../../../../renderer/ui/data-table.tsx';
import { IconButton } from '../../../../renderer/ui/icon-button.tsx';
import { PageHeader } from '../../../../renderer/ui/page-header.tsx';
import { Panel } from '../../../../renderer/ui/panel.tsx';
import { PersonName } from '../../../../renderer/ui/person-name.tsx';
import { ProgressSummary } from '../../../../renderer/ui/progress-summary.tsx';
import { Segments } from '../../../../renderer/ui/segments.tsx';
import { StatusText } from '../../../../renderer/ui/status-text.tsx';
import type { State } from '../../../../renderer/ui/status.ts';
import { Steps } from '../../../../renderer/ui/steps.tsx';
import { TwoLines } from '../../../../renderer/ui/two-lines.tsx';
import { SceneShell } from './overview.tsx';

const nothing = () => undefined;

interface Item {
  readonly name: string;
  readonly state: State;
  readonly words: string;
}

const items: readonly Item[] = [
  { name: '김민준', state: 'stopped', words: 'His card was pulled out halfway. Put it back in and try again; nothing was lost.' },
  { name: 'Dr. Hassan al-Amin', state: 'working', words: 'Making the key for opening mail' },
  { name: 'Łukasz Wiśniewski', state: 'fine', words: 'Has two certificates until 23 November 2028' },
  { name: 'Lena Wiśniewska', state: 'fine', words: 'Has two certificates until 23 November 2028' },
];

const columns: readonly DataColumn<Item>[] = [
  {
    id: 'person',
    header: 'Person',
    width: 'minmax(200px, 236px)',
    cell: (item) => <TwoLines picture={<Avatar name={item.name} size={26} />} first={<PersonName name={item.name} />} />,
  },
  {
    id: 'state',
    header: 'How it stands',
    width: 'minmax(0, 1fr)',
    cell: (item) => (
      <StatusText state={item.state} isSentence>
        {item.words}
      </StatusText>
    ),
  },
  {
    id: 'act',
    header: '',
    width: '90px',
    cell: (item) =>
      item.state === 'stopped' ? (
        <ActionButton size="row" kind="filled">
          Try again
        </ActionButton>
      ) : (
        <IconButton icon={IconPrinter} label={`Print the hand-over sheet of ${item.name}`} onClick={nothing} />
      ),
  },
];

export function IssuingScene() {
  const nameOf = useCallback((item: Item) => item.name, []);
  const header = (
    <PageHeader
      title="Issuing for 43 people"
      line="Started by you at 09:12. You may close this window or lock it; the work goes on."
      actions={<ActionButton icon={IconSquare}>Stop after this person</ActionButton>}
    />
  );
  const tools = (
    <>
      <Steps label="Enrolment" steps={['Choose file', 'Check rows', 'Issue', 'Hand over']} current={2} />
      <div style={{ flexBasis: '100%' }}>
        <Panel>
          <ProgressSummary
            label="Certificates issued"
            total={43}
            done={27}
            needsYou={1}
            working={2}
            line="About 2 minutes left. One person needs you; the others go on."
            counts={[
              { state: 'fine', count: 27, words: 'done' },
              { state: 'stopped', count: 1, words: 'needs you' },
              { state: 'working', count: 2, words: 'in progress' },
              { state: 'waiting', count: 13, words: 'to come' },
            ]}
          />
        </Panel>
      </div>
      <Segments
        label="Show"
        value="all"
        onChange={nothing}
        options={[
          { value: 'all', label: 'All 48' },
          { value: 'fix', label: '3 need a fix' },
          { value: 'ready', label: '42 ready' },
        ]}
      />
    </>
  );
  const bar = (
    <BottomBar
      note="Rows that need a fix are left out and saved to a file you can finish later."
      actions={<ActionButton kind="filled">Issue for 43 people</ActionButton>}
    />
  );
  return (
    <SceneShell current="enrol">
      <Page header={header} tools={tools} bar={bar} isFull>
        <DataTable
          label="People"
          rows={items}
          columns={columns}
          rowId={nameOf}
          rowName={nameOf}
          toneOf={(item) => (item.state === 'stopped' ? 'stop-loud' : undefined)}
        />
      </Page>
    </SceneShell>
  );
}
