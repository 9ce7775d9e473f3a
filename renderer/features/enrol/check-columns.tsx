import type { CheckedStaffRow, StaffRepair } from '../../../main/domain/people/staff-list.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { DataColumn } from '../../ui/data-column.ts';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { markOf, obviousRepair, rowWords, stateOfVerdict } from './check-rows.ts';
import styles from './check-step.module.css';

export interface RowActs {
  readonly onRepair: (repair: StaffRepair) => void;
  readonly onEdit: (row: CheckedStaffRow) => void;
}

/** The columns of the check; the repair of a row is a button in it. */
export const checkColumns = (acts: RowActs): readonly DataColumn<CheckedStaffRow>[] => [
  { id: 'row', header: t('check.row'), width: '40px', cell: ({ row }) => row },
  { id: 'person', header: t('check.person'), width: 'minmax(180px, 250px)', cell: (row) => <Person row={row} /> },
  { id: 'department', header: t('check.department'), width: '112px', isExtra: true, cell: (row) => <Department row={row} /> },
  {
    id: 'gets',
    header: t('check.gets'),
    width: '100px',
    isExtra: true,
    cell: ({ verdict }) => <span className={styles.quiet}>{t(gets[verdict])}</span>,
  },
  { id: 'found', header: t('check.found'), width: 'minmax(160px, 1fr)', cell: (row) => <Found row={row} /> },
  { id: 'act', header: '', width: '84px', isNumber: true, cell: (row) => <RowAct row={row} acts={acts} /> },
];

const gets = { fix: 'check.gets.nothing', look: 'check.gets.pair', skipped: 'check.gets.skipped', ready: 'check.gets.pair' } as const;

function Person({ row }: { readonly row: CheckedStaffRow }) {
  const { name, email } = row.person;
  return (
    <TwoLines
      first={
        <span className={styles.part} data-mark={markOf(row, 'name', 'given_name', 'surname')}>
          {name === '' ? t('check.no-name') : <PersonName name={name} />}
        </span>
      }
      second={
        <bdi className={styles.part} data-mark={markOf(row, 'email', 'other_emails')}>
          {email === '' ? t('check.no-address') : email}
        </bdi>
      }
    />
  );
}

function Department({ row }: { readonly row: CheckedStaffRow }) {
  return (
    <bdi className={styles.part} data-mark={markOf(row, 'department')}>
      {row.person.department ?? ''}
    </bdi>
  );
}

function Found({ row }: { readonly row: CheckedStaffRow }) {
  const words = rowWords(row);
  return (
    <StatusText state={stateOfVerdict[row.verdict]} isSentence={row.verdict !== 'skipped'}>
      <span className={styles.found} title={words}>
        {words}
      </span>
    </StatusText>
  );
}

function RowAct({ row, acts }: { readonly row: CheckedStaffRow; readonly acts: RowActs }) {
  const repair = obviousRepair(row);
  if (row.verdict === 'skipped' || row.verdict === 'ready') return null;
  if (repair !== undefined) {
    const label = t('check.use-label', { value: repair.value, row: row.row });
    return (
      <ActionButton size="row" label={label} onClick={() => acts.onRepair(repair)}>
        {t('check.use')}
      </ActionButton>
    );
  }
  const act = t(row.findings.some(({ code }) => code.endsWith('-missing')) ? 'check.add' : 'check.edit');
  return (
    <ActionButton size="row" label={t('check.edit-label', { act, row: row.row })} onClick={() => acts.onEdit(row)}>
      {act}
    </ActionButton>
  );
}
