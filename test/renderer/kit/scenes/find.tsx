import { IconCreditCardOff, IconRefresh, IconTimeline, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { Avatar } from '../../../../renderer/ui/avatar.tsx';
import { Palette } from '../../../../renderer/ui/palette.tsx';
import type { PaletteGroup } from '../../../../renderer/ui/palette-item.ts';
import { StatusShape } from '../../../../renderer/ui/status-shape.tsx';
import { OverviewScene } from './overview.tsx';

const nothing = () => undefined;
const icon = { size: 18, stroke: 1.75 } as const;

const groups: readonly PaletteGroup[] = [
  {
    title: 'People',
    items: [
      {
        id: 'okafor',
        title: 'Dr. Adaeze Okafor',
        detail: 'Cardiology · signing ends in 12 days',
        icon: <Avatar name="Dr. Adaeze Okafor" />,
        status: <StatusShape state="soon" label />,
        onChoose: nothing,
      },
      {
        id: 'okamoto',
        title: '岡本 健, Ken Okamoto',
        detail: 'Radiology · fine until June 2028',
        icon: <Avatar name="岡本 健" />,
        status: <StatusShape state="fine" label />,
        onChoose: nothing,
      },
    ],
  },
  {
    title: 'Do something for Dr. Okafor',
    items: [
      { id: 'lost', title: 'Report her card lost', icon: <IconCreditCardOff {...icon} />, onChoose: nothing },
      { id: 'renew', title: 'Renew her signing certificate', icon: <IconRefresh {...icon} />, onChoose: nothing },
      { id: 'log', title: 'What happened with her keys', icon: <IconTimeline {...icon} />, onChoose: nothing },
      { id: 'leave', title: 'She is leaving the practice', icon: <IconUser {...icon} />, onChoose: nothing },
    ],
  },
];

export function PaletteScene() {
  const [query, setQuery] = useState('oka');
  return (
    <>
      <OverviewScene />
      <Palette isOpen query={query} onQuery={setQuery} groups={groups} onClose={nothing} />
    </>
  );
}
