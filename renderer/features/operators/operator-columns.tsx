import type { OperatorSummary } from '../../../main/contract/operators.ts';
import { t } from '../../i18n/translate.ts';
import { Avatar } from '../../ui/avatar.tsx';
import type { DataColumn } from '../../ui/data-column.ts';
import { DateText } from '../../ui/date-text.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { roleName } from './role-words.ts';

/** The columns of the list; `you` is whoever looks at it. */
export const operatorColumns = (you: string | undefined): readonly DataColumn<OperatorSummary>[] => [
  {
    id: 'name',
    header: t('operators.column.name'),
    width: 'minmax(200px, 1.4fr)',
    cell: ({ id, name }) => (
      <TwoLines
        picture={<Avatar name={name} />}
        first={<PersonName name={name} />}
        {...(id === you ? { second: t('operators.you') } : {})}
      />
    ),
  },
  {
    id: 'role',
    header: t('operators.column.role'),
    width: 'minmax(220px, 2fr)',
    cell: ({ role }) => <TwoLines first={roleName(role)} second={t(`role-brief.${role}`)} />,
  },
  {
    id: 'person',
    header: t('operators.column.person'),
    width: 'minmax(140px, 1fr)',
    cell: ({ role, person, removedAt }) => {
      if (person !== null) return <PersonName name={person.name} />;
      return role === 'staff' && removedAt === null ? <StatusText state="waiting">{t('operators.no-person')}</StatusText> : '\u2013';
    },
  },
  {
    id: 'last',
    header: t('operators.column.last'),
    width: '150px',
    isExtra: true,
    cell: ({ lastSignInAt }) => (lastSignInAt === null ? t('operators.never') : <DateText of={lastSignInAt} as="ago" />),
  },
  {
    id: 'state',
    header: t('operators.column.state'),
    width: '150px',
    cell: ({ removedAt }) => (
      <StatusText state={removedAt === null ? 'fine' : 'ended'}>
        {t(removedAt === null ? 'operators.present' : 'operators.removed')}
      </StatusText>
    ),
  },
];
