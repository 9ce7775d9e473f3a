import { IconCreditCardOff, IconLockOpen, IconRefresh, IconWritingSign } from '@tabler/icons-react';
import { Columns } from '../../../../renderer/shell/columns.tsx';
import { Page } from '../../../../renderer/shell/page.tsx';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { Avatar } from '../../../../renderer/ui/avatar.tsx';
import { DateText } from '../../../../renderer/ui/date-text.tsx';
import { Facts } from '../../../../renderer/ui/facts.tsx';
import { LinkButton } from '../../../../renderer/ui/link-button.tsx';
import { MenuButton } from '../../../../renderer/ui/menu-button.tsx';
import { Notice } from '../../../../renderer/ui/notice.tsx';
import { PageHeader } from '../../../../renderer/ui/page-header.tsx';
import { Panel } from '../../../../renderer/ui/panel.tsx';
import { Tag } from '../../../../renderer/ui/tag.tsx';
import { Thread } from '../../../../renderer/ui/thread.tsx';
import { ValidityAxis, ValidityRow } from '../../../../renderer/ui/validity-row.tsx';
import { SceneShell } from './overview.tsx';

const nothing = () => undefined;
const scale = { from: new Date(2024, 0, 1), to: new Date(2029, 0, 1) };

export function PersonScene() {
  const header = (
    <PageHeader
      back={{ label: 'People', onClick: nothing }}
      picture={<Avatar name="Dr. Adaeze Okafor" size={48} />}
      title="Dr. Adaeze Okafor"
      line="Cardiologist, partner · Cardiology · Staff number 1042"
      actions={
        <>
          <ActionButton icon={IconCreditCardOff}>Report card lost</ActionButton>
          <ActionButton kind="filled" icon={IconRefresh}>
            Renew signing certificate
          </ActionButton>
          <MenuButton choices={[{ text: 'She is leaving the practice', onClick: nothing }]} />
        </>
      }
    />
  );
  return (
    <SceneShell current="person">
      <Page header={header}>
        <Notice state="soon" title="Her signing certificate ends in 12 days, on 5 December.">
          Renew now: it takes a minute with her card in the reader. Everything else is fine.
        </Notice>
        <Columns side={<Side />} sideWidth={300}>
          <Keys />
          <History />
        </Columns>
      </Page>
    </SceneShell>
  );
}

function Keys() {
  return (
    <Panel title="With the practice and hospitals" hint={<Tag>S/MIME</Tag>} action={<LinkButton onClick={nothing}>Details</LinkButton>}>
      <ValidityRow
        icon={IconWritingSign}
        title="Signs her mail"
        detail="On her card"
        scale={scale}
        spans={[
          { kind: 'kept', from: '2023-12-01', until: '2024-11-20', words: 'Ended' },
          { kind: 'current', from: '2024-12-05', until: '2026-12-05', words: 'In use' },
          { kind: 'next', from: '2026-12-05', until: '2028-12-05', words: 'Next one' },
        ]}
        state="soon"
        left="12 days"
        until="to 5 Dec 2026"
      />
      <ValidityRow
        icon={IconLockOpen}
        title="Opens mail to her"
        detail="Vault and card"
        scale={scale}
        spans={[
          { kind: 'kept', from: '2024-01-01', until: '2026-03-01', words: 'Kept for old mail' },
          { kind: 'current', from: '2026-03-14', until: '2028-03-14', words: 'In use' },
        ]}
        state="fine"
        left="477 days"
        until="to 14 Mar 2028"
      />
      <ValidityAxis scale={scale} />
    </Panel>
  );
}

function History() {
  return (
    <Panel title="What happened with her keys" action={<LinkButton onClick={nothing}>All 23 in the audit log</LinkButton>}>
      <Thread
        label="What happened with her keys"
        items={[
          {
            id: '1',
            state: 'soon',
            title: 'Reminder sent: signing certificate ends on 5 December',
            who: 'Keyward',
            time: <DateText of="2026-11-23T08:31:00" as="moment" />,
          },
          {
            id: '2',
            state: 'fine',
            title: 'New key for opening mail made in the vault and put on her card',
            who: 'Nadia Rahman',
            time: <DateText of="2026-03-14" as="short" />,
          },
          {
            id: '3',
            state: 'kept',
            title: 'Key from 2024 kept, so that old mail opens',
            who: 'Keyward',
            time: <DateText of="2026-03-14" as="short" />,
          },
        ]}
      />
    </Panel>
  );
}

function Side() {
  return (
    <>
      <Panel title="Mailboxes">a.okafor@ridgeway.example</Panel>
      <Panel title="On record">
        <Facts
          rows={[
            { term: 'Reason', value: 'Lost' },
            { term: 'Note', value: 'Left in a taxi on Friday evening; the taxi company has not found it.' },
            { term: 'Done by', value: 'Marek Dvořák' },
          ]}
        />
      </Panel>
    </>
  );
}
