import type { MailPackage } from '../../../main/contract/mail.ts';
import { mailKitName } from '../../../main/domain/mail-client/kit/kits.ts';
import { t } from '../../i18n/translate.ts';
import { Avatar } from '../../ui/avatar.tsx';
import type { DataColumn } from '../../ui/data-column.ts';
import { DateText } from '../../ui/date-text.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { packageLooks } from './package-words.ts';

/** Whose package, for which program, how far it has come, and what happens next. */
export const packageColumns: readonly DataColumn<MailPackage>[] = [
  {
    id: 'person',
    header: t('packages.column.person'),
    width: 'minmax(220px, 1.6fr)',
    sortBy: ({ name }) => name,
    cell: ({ name, number }) => (
      <TwoLines picture={<Avatar name={name} />} first={<PersonName name={name} />} second={t('packages.number', { number })} />
    ),
  },
  {
    id: 'program',
    header: t('packages.column.program'),
    width: 'minmax(180px, 1.2fr)',
    isExtra: true,
    sortBy: ({ client }) => mailKitName(client),
    cell: ({ client }) => mailKitName(client),
  },
  {
    id: 'state',
    header: t('packages.column.state'),
    width: 'minmax(180px, 1.2fr)',
    sortBy: ({ state }) => state,
    cell: ({ state }) => <StatusText state={packageLooks[state]}>{t(`package-state.${state}`)}</StatusText>,
  },
  {
    id: 'since',
    header: t('packages.column.since'),
    width: '150px',
    sortBy: lastStep,
    cell: (one) => <DateText of={lastStep(one)} />,
  },
  {
    id: 'until',
    header: t('packages.column.until'),
    width: '150px',
    isExtra: true,
    sortBy: ({ expiresAt }) => expiresAt ?? '',
    cell: ({ state, expiresAt }) => (state === 'waiting' && expiresAt !== null ? <DateText of={expiresAt} /> : '\u2013'),
  },
];

/** When it came to be as it is. */
function lastStep({ provedAt, pickedUpAt, askedAt, state, expiresAt }: MailPackage): string {
  if (state === 'proved' && provedAt !== null) return provedAt;
  if (state === 'expired' && expiresAt !== null) return expiresAt;
  return state === 'picked-up' && pickedUpAt !== null ? pickedUpAt : askedAt;
}
