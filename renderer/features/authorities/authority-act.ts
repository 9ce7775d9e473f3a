import {
  IconArrowBackUp,
  IconFileImport,
  IconKey,
  IconLockOpen,
  IconMessageQuestion,
  IconSignature,
  IconUsb,
  type Icon,
} from '@tabler/icons-react';
import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import type { GuardedCall } from '../../../main/domain/access/permissions.ts';
import { isFollowed } from './tree.ts';

/** What is asked about in a dialog before it is done with an authority. */
export type AuthorityAct = 'open-key' | 'next-key' | 'take-offline' | 'bring-back' | 'add-list' | 'certify' | 'ocsp';

/** Opens the dialog of an act. */
export type OnAct = (act: AuthorityAct, authority: AuthoritySummary) => void;

/** What the dialog of an act is given. */
export interface AuthorityDialogProps {
  /** As it was when it was asked for. */
  readonly authority: AuthoritySummary;
  readonly all: readonly AuthoritySummary[];
  readonly onClose: () => void;
}

export const actIcons: Readonly<Record<AuthorityAct, Icon>> = {
  'open-key': IconLockOpen,
  'next-key': IconKey,
  'take-offline': IconUsb,
  'bring-back': IconArrowBackUp,
  'add-list': IconFileImport,
  certify: IconSignature,
  ocsp: IconMessageQuestion,
};

/** The call that an act leads to. */
export const actCalls = {
  'open-key': 'authorities.openKey',
  'next-key': 'authorities.rollover',
  'take-offline': 'offline.takeOffline',
  'bring-back': 'offline.bringBack',
  'add-list': 'offline.addList',
  certify: 'offline.certify',
  ocsp: 'ocsp.address',
} as const satisfies Readonly<Record<AuthorityAct, GuardedCall>>;

/** What can be done with an authority as it is. A key that is needed every day stays here. */
export function actsFor(authority: AuthoritySummary, all: readonly AuthoritySummary[]): readonly AuthorityAct[] {
  const { id, keyStore, issuesToPeople, levelsBelow, revokedAt } = authority;
  const canFollow = revokedAt === null && !isFollowed(all, id);
  return [
    ...(canFollow ? (['next-key'] as const) : []),
    ...(keyStore === 'vault' && !issuesToPeople ? (['take-offline'] as const) : []),
    ...(keyStore === 'offline' ? (['bring-back', 'add-list'] as const) : []),
    ...(canFollow && levelsBelow > 0 && keyStore !== 'offline' ? (['certify'] as const) : []),
    ...(canFollow ? (['ocsp'] as const) : []),
  ];
}
