import { IconLockOpen, IconSignature, type Icon } from '@tabler/icons-react';
import type { SpanKind } from '../../ui/validity-bar.tsx';
import type { BarKind, Purpose } from './key-lanes.ts';

export const purposeIcons: Readonly<Record<Purpose, Icon>> = { sign: IconSignature, encrypt: IconLockOpen, dual: IconSignature };

export const spanKinds: Readonly<Record<BarKind, SpanKind>> = {
  'in-use': 'current',
  held: 'kept',
  kept: 'kept',
  replaced: 'kept',
  revoked: 'stopped',
};
