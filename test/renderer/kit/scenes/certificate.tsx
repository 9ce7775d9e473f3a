import { IconBuildingBank, IconBuildingHospital, IconDownload, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { Columns } from '../../../../renderer/shell/columns.tsx';
import { Page } from '../../../../renderer/shell/page.tsx';
import { ActionButton } from '../../../../renderer/ui/action-button.tsx';
import { Answers } from '../../../../renderer/ui/answers.tsx';
import { ChainTree } from '../../../../renderer/ui/chain-tree.tsx';
import { Notice } from '../../../../renderer/ui/notice.tsx';
import { PageHeader } from '../../../../renderer/ui/page-header.tsx';
import { PageTabs } from '../../../../renderer/ui/page-tabs.tsx';
import { Panel } from '../../../../renderer/ui/panel.tsx';
import { ValidityLine } from '../../../../renderer/ui/validity-line.tsx';
import { SceneShell } from './overview.tsx';

const nothing = () => undefined;

export function CertificateScene() {
  const [tab, setTab] = useState<'words' | 'fields' | 'raw'>('words');
  const header = (
    <PageHeader
      back={{ label: 'Dr. Adaeze Okafor', onClick: nothing }}
      title="Certificate for signing mail"
      line="a.okafor@ridgeway.example · number ending 7F2C"
      actions={<ActionButton icon={IconDownload}>Export</ActionButton>}
    />
  );
  const tabs = (
    <PageTabs
      label="Ways to look at it"
      value={tab}
      onChange={setTab}
      tabs={[
        { value: 'words', label: 'In words' },
        { value: 'fields', label: 'Every field' },
        { value: 'raw', label: 'Raw (ASN.1)' },
      ]}
    />
  );
  return (
    <SceneShell current="certificate">
      <Page header={header} tabs={tabs}>
        <Columns side={<Trust />} sideWidth={372}>
          <Notice state="soon" title="Good and trusted. Ends in 12 days." action={<ActionButton kind="filled">Renew</ActionButton>}>
            Renew before 5 December. Mail she has signed stays good.
          </Notice>
          <Panel>
            <Answers
              rows={[
                {
                  question: 'Whose is it?',
                  answer: 'Dr. Adaeze Okafor, cardiologist at Ridgeway Family Practice',
                  detail: 'The practice checked her passport on 2 December 2024',
                },
                { question: 'Which mailbox?', answer: 'a.okafor@ridgeway.example', detail: 'And no other' },
                {
                  question: 'What is it for?',
                  answer: 'Signing mail, so that others know it is from her',
                  detail: 'It cannot lock mail; a second certificate does that',
                },
                { question: 'Until when?', answer: <ValidityLine from="2024-12-05" until="2026-12-05" /> },
                { question: 'How strong?', answer: 'Strong enough until at least 2030', detail: 'P-256, SHA-256' },
              ]}
            />
          </Panel>
        </Columns>
      </Page>
    </SceneShell>
  );
}

function Trust() {
  return (
    <Panel title="Why it is trusted">
      <p style={{ margin: '-8px 0 12px', fontSize: 13, lineHeight: '18px', color: 'var(--kw-ink-2)' }}>
        Each one vouches for the one below it.
      </p>
      <ChainTree
        label="Why it is trusted"
        onOpen={nothing}
        nodes={[
          {
            id: 'root',
            icon: IconBuildingHospital,
            name: 'Ridgeway Root 2024',
            detail: 'The practice itself',
            state: 'fine',
            until: '2044',
            reasons: [{ holds: true, text: 'You made it on 8 January 2024. Every computer here was told to trust it.' }],
          },
          {
            id: 'issuing',
            icon: IconBuildingBank,
            name: 'Ridgeway Mail Issuing 1',
            detail: 'Issues for mail, nothing else',
            state: 'fine',
            until: '2034',
            reasons: [{ holds: true, text: 'Signed by the root. May only issue for @ridgeway.example.' }],
          },
          {
            id: 'person',
            icon: IconUser,
            name: 'Dr. Adaeze Okafor',
            detail: 'Signing mail',
            state: 'soon',
            until: '12 days',
            reasons: [{ holds: true, text: 'Signed by Issuing 1. The address fits the rule. Not revoked.' }],
          },
        ]}
      />
    </Panel>
  );
}
