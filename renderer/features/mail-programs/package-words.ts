import type { MailPackage } from '../../../main/contract/mail.ts';
import type { MailPackageState } from '../../../main/domain/mail-client/mail-package.ts';
import type { State } from '../../ui/status.ts';

/** Shape and colour of each state. */
export const packageLooks: Readonly<Record<MailPackageState, State>> = {
  planned: 'working',
  making: 'working',
  failed: 'stopped',
  waiting: 'waiting',
  'picked-up': 'soon',
  proved: 'fine',
  expired: 'stopped',
  withdrawn: 'ended',
};

/** What a filter of the list shows. */
export const packageFilters = {
  all: () => true,
  owed: ({ state }) => state === 'planned' || state === 'making' || state === 'failed',
  waiting: ({ state }) => state === 'waiting',
  unproved: ({ state }) => state === 'picked-up',
  proved: ({ state }) => state === 'proved',
  expired: ({ state }) => state === 'expired',
} as const satisfies Readonly<Record<string, (one: MailPackage) => boolean>>;
export type PackageFilter = keyof typeof packageFilters;
export const packageFilterNames = Object.keys(packageFilters) as readonly PackageFilter[];
