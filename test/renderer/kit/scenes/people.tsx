import { IconDeviceFloppy, IconFileExport, IconMail, IconRefresh, IconUserPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { Page } from '../../../../renderer/shell/page.tsx';
import { SelectionBar } from '../../../../renderer/shell/selection-bar.tsx';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { Avatar } from '../../../../renderer/ui/avatar.tsx';
import type { DataColumn } from '../../../../renderer/ui/data-column.ts';
import { DataTable } from '../../../../renderer/ui/data-table.tsx';
import { FilterChips } from '../../../../renderer/ui/filter-chips.tsx';
import { PageHeader } from '../../../../renderer/ui/page-header.tsx';
import { PersonName } from '../../../../renderer/ui/person-name.tsx';
import { SearchField } from '../../../../renderer/ui/search-field.tsx';
import { StatusText } from '../../../../renderer/ui/status-text.tsx';
import type { State } from '../../../../renderer/ui/status.ts';
import { TimeLeft } from '../../../../renderer/ui/time-left.tsx';
import { TwoLines } from '../../../../renderer/ui/two-lines.tsx';
import { SceneShell } from './overview.tsx';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly mail: string;
  readonly place: string;
  readonly state: State;
  readonly words: string;
  readonly until: string;
  readonly card: string;
  readonly proven: string;
}

const samples: readonly (readonly [string, string, string, State, string, string])[] = [
  ['Dr. Ngozi Eze', 'n.eze', 'Cardiology', 'stopped', 'Card lost. New card is ready', '2026-11-22'],
  ['Dr. Adaeze Okafor', 'a.okafor', 'Cardiology', 'soon', 'Signing ends in 12 days', '2026-12-05'],
  ['Μαρία Παπαδοπούλου', 'm.papadopoulou', 'Harbour Street', 'soon', 'Both end in 23 days', '2026-12-16'],
  ['Nguyễn Thị Hồng', 'hong.nguyen', 'Harbour Street', 'soon', 'Both end in 23 days', '2026-12-16'],
  ['田中 美咲', 'misaki.tanaka', 'Paediatrics', 'waiting', 'Ready. Mail not set up', '2028-11-21'],
  ['Олена Шевченко', 'olena.shevchenko', 'Reception', 'waiting', 'Ready. Mail not set up', '2028-11-21'],
  ['د. ليلى حداد', 'layla.haddad', 'Oncology', 'fine', 'Fine until March 2028', '2028-03-14'],
  ['דנה לוי', 'dana.levi', 'Cardiology', 'fine', 'Fine until March 2028', '2028-03-14'],
  ['Søren Kjærgaard', 's.kjaergaard', 'Physiotherapy', 'waiting', 'Ready. Mail not set up', '2028-11-21'],
  ['김민준', 'minjun.kim', 'Radiology', 'fine', 'Fine until June 2028', '2028-06-16'],
  ['प्रिया शर्मा', 'priya.sharma', 'Paediatrics', 'fine', 'Fine until June 2028', '2028-06-16'],
  ['Siobhán Ní Bhriain', 's.nibhriain', 'Reception', 'held', 'On hold until 4 January', '2027-09-21'],
];

const count = Number(new URLSearchParams(location.search).get('rows') ?? '214');

const people: readonly Person[] = Array.from({ length: count }, (_, index) => {
  const [name, mail, place, state, words, until] = samples[index % samples.length] ?? samples[0] ?? ['', '', '', 'fine', '', ''];
  return { id: String(index), name, mail: `${mail}@ridgeway.example`, place, state, words, until, card: 'Own card', proven: 'Outlook' };
});

const columns: readonly DataColumn<Person>[] = [
  {
    id: 'person',
    header: 'Person',
    width: 'minmax(220px, 247px)',
    cell: (person) => <TwoLines picture={<Avatar name={person.name} />} first={<PersonName name={person.name} />} second={person.mail} />,
    sortBy: (person) => person.name,
  },
  { id: 'place', header: 'Works in', width: '101px', cell: (person) => person.place, sortBy: (person) => person.place, isExtra: true },
  {
    id: 'standing',
    header: 'How things stand',
    width: '194px',
    cell: (person) => <StatusText state={person.state}>{person.words}</StatusText>,
  },
  {
    id: 'left',
    header: 'Time left',
    width: '124px',
    cell: (person) => <TimeLeft until={person.until} />,
    sortBy: (person) => person.until,
    isExtra: true,
  },
  { id: 'card', header: 'Card', width: '88px', cell: (person) => person.card, isExtra: true },
  { id: 'proven', header: 'Mail proven on', width: '1fr', cell: (person) => person.proven, isExtra: true },
];

export function PeopleScene() {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<'everyone' | 'attention' | 'ending'>('everyone');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['1', '2', '3']));
  const idOf = useCallback((person: Person) => person.id, []);
  const header = (
    <PageHeader
      title="People"
      line="214 people, 12 who left. Sorted by what needs you first."
      actions={
        <>
          <ActionButton icon={IconFileExport}>Export list</ActionButton>
          <ActionButton icon={IconUserPlus}>Enrol people</ActionButton>
        </>
      }
    />
  );
  const tools = (
    <>
      <SearchField label="Name, mail address or card number" value={search} onChange={setSearch} />
      <FilterChips
        label="Show"
        chosen={filter}
        onChoose={setFilter}
        chips={[
          { value: 'everyone', label: 'Everyone', count: 214 },
          { value: 'attention', label: 'Need attention', count: 14 },
          { value: 'ending', label: 'End within 30 days', count: 10 },
        ]}
      />
    </>
  );
  const bar = selected.size > 0 && (
    <SelectionBar
      words={`${selected.size} people selected`}
      onClear={() => setSelected(new Set())}
      actions={
        <>
          <ActionButton icon={IconDeviceFloppy}>Export for mail programs</ActionButton>
          <ActionButton icon={IconMail}>Send set-up help</ActionButton>
          <ActionButton kind="filled" icon={IconRefresh}>
            Renew for {selected.size} people
          </ActionButton>
        </>
      }
    />
  );
  return (
    <SceneShell current="people">
      <Page header={header} tools={tools} bar={bar} isFull>
        <DataTable
          label="People"
          rows={people}
          columns={columns}
          rowId={idOf}
          rowName={(person) => person.name}
          selected={selected}
          onSelect={setSelected}
          onOpen={() => undefined}
        />
      </Page>
    </SceneShell>
  );
}
