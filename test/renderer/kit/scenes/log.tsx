import {
  IconCreditCardOff,
  IconFileExport,
  IconKey,
  IconPrinter,
  IconRefresh,
  IconShieldCheck,
  IconUserPlus,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Page } from '../../../../renderer/shell/page.tsx';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { Facts } from '../../../../renderer/ui/facts.tsx';
import { FilterChips } from '../../../../renderer/ui/filter-chips.tsx';
import type { LogEntry } from '../../../../renderer/ui/log-entry.ts';
import { LogThread } from '../../../../renderer/ui/log-thread.tsx';
import { Notice } from '../../../../renderer/ui/notice.tsx';
import { PageHeader } from '../../../../renderer/ui/page-header.tsx';
import { Panel } from '../../../../renderer/ui/panel.tsx';
import { PersonName } from '../../../../renderer/ui/person-name.tsx';
import { ProofPicture } from '../../../../renderer/ui/proof-picture.tsx';
import { SearchField } from '../../../../renderer/ui/search-field.tsx';
import { SceneShell } from './overview.tsx';

const nothing = () => undefined;

const entries: readonly LogEntry[] = [
  {
    id: '18443',
    time: '2026-11-23T09:21:04',
    icon: IconCreditCardOff,
    tone: 'stop',
    title: 'Card 4471 of Dr. Adaeze Okafor revoked: lost',
    who: 'Marek Dvořák',
    number: '18,443',
  },
  {
    id: '18442',
    time: '2026-11-23T09:12:00',
    icon: IconUserPlus,
    title: '43 people enrolled from new-staff-november.csv',
    who: 'Nadia Rahman',
    number: '18,399–441',
  },
  { id: '18398', time: '2026-11-23T08:58:00', icon: IconKey, title: 'Nadia Rahman signed in', who: 'Nadia Rahman', number: '18,398' },
  {
    id: '18395',
    time: '2026-11-20T15:02:00',
    icon: IconRefresh,
    title: (
      <>
        Certificates of <PersonName name="प्रिया शर्मा" /> renewed until June 2028
      </>
    ),
    who: 'Nadia Rahman',
    number: '18,395',
  },
  {
    id: '18394',
    time: '2026-11-20T14:47:00',
    icon: IconX,
    tone: 'warn',
    title: 'Sign-in refused: wrong passphrase, second try',
    who: 'Marek Dvořák',
    number: '18,394',
  },
];

const hashes = ['sE53AAAA', 'kKoxAAAA', 'x9LpAAAA', 'kKoxAAAA'];

export function LogScene() {
  const [open, setOpen] = useState('18443');
  const [search, setSearch] = useState('');
  const header = (
    <PageHeader
      title="Audit"
      line="Everything done with a key, in order. Nothing can be changed or taken out."
      actions={
        <>
          <ActionButton icon={IconPrinter}>Print</ActionButton>
          <ActionButton kind="filled" icon={IconFileExport}>
            Export with proofs
          </ActionButton>
        </>
      }
    />
  );
  const tools = (
    <>
      <div style={{ flexBasis: '100%' }}>
        <Notice
          state="fine"
          icon={<IconShieldCheck size={28} stroke={1.6} aria-hidden />}
          title="The log is complete and unaltered."
          aside="Total signed at 09:22"
          action={<ActionButton size="row">Check again</ActionButton>}
        >
          18,443 entries since 8 January 2024. Checked a minute ago, from the first entry to the last.
        </Notice>
      </div>
      <SearchField label="Person, card, certificate or word" value={search} onChange={setSearch} width={248} />
      <FilterChips
        label="Show"
        chosen={['keys']}
        onChoose={nothing}
        chips={[
          { value: 'keys', label: 'Keys' },
          { value: 'sign-ins', label: 'Sign-ins' },
          { value: 'refused', label: 'Refused' },
        ]}
      />
    </>
  );
  return (
    <SceneShell current="audit">
      <Page header={header} tools={tools} isFull aside={<Entry />}>
        <LogThread label="Audit log" entries={entries} openId={open} onOpen={setOpen} />
      </Page>
    </SceneShell>
  );
}

function Entry() {
  return (
    <>
      <p style={{ fontSize: 13, lineHeight: '18px', color: 'var(--kw-ink-2)' }}>Entry 18,443</p>
      <h2 style={{ margin: '6px 0 12px' }}>Card 4471 of Dr. Adaeze Okafor revoked: lost</h2>
      <Facts
        rows={[
          { term: 'When', value: 'Mon 23 Nov 2026, 09:21:04' },
          { term: 'Who', value: 'Marek Dvořák, IT, office PC 3' },
          { term: 'Why', value: 'Left in a taxi on Friday evening; the taxi company has not found it.' },
        ]}
      />
      <div style={{ height: 16 }} />
      <Panel>
        <ProofPicture index={18443} treeSize={18444} path={hashes.slice(0, 2)} rootHash="x9LpAAAA" holds />
        <div style={{ height: 16 }} />
        <ProofPicture index={5} treeSize={18444} path={hashes} rootHash="x9LpAAAA" holds={false} />
        <div style={{ height: 16 }} />
        <ProofPicture index={1} treeSize={2} path={hashes.slice(0, 1)} rootHash="x9LpAAAA" holds />
      </Panel>
    </>
  );
}
