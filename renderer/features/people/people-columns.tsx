import type { PersonSummary } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { useNow } from '../../ui/clock.tsx';
import type { DataColumn } from '../../ui/data-column.ts';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TimeLeft } from '../../ui/time-left.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { standingOf } from './standing-of.ts';

/** The columns of the list of people; their ids are the orders in which the core sorts. */
export const peopleColumns: readonly DataColumn<PersonSummary>[] = [
  {
    id: 'name',
    header: t('people.column.name'),
    width: 'minmax(220px, 2fr)',
    isSortable: true,
    cell: ({ name, mailboxes }) => (
      <TwoLines picture={<Avatar name={name} />} first={<PersonName name={name} />} second={<bdi>{mailboxes[0] ?? ''}</bdi>} />
    ),
  },
  {
    id: 'department',
    header: t('people.column.department'),
    width: 'minmax(110px, 1fr)',
    isSortable: true,
    isExtra: true,
    cell: ({ department }) => <bdi>{department ?? ''}</bdi>,
  },
  {
    id: 'need',
    header: t('people.column.need'),
    width: 'minmax(190px, 1.4fr)',
    isSortable: true,
    cell: (person) => <StandingText person={person} />,
  },
  {
    id: 'ends',
    header: t('people.column.ends'),
    width: '130px',
    isSortable: true,
    isExtra: true,
    cell: (person) => <PersonTimeLeft person={person} />,
  },
];

function StandingText({ person }: { readonly person: PersonSummary }) {
  const { state, words, values } = standingOf(person, useNow());
  return <StatusText state={state}>{t(words, values)}</StatusText>;
}

function PersonTimeLeft({ person: { endsAt, standing, status } }: { readonly person: PersonSummary }) {
  if (status === 'left') return null;
  if (standing === 'stopped') return <TimeLeft until={endsAt ?? new Date(0)} isStopped />;
  return endsAt === null ? t('people.no-end') : <TimeLeft until={endsAt} />;
}
