import { IconDeviceFloppy } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { JobItem, JobSummary } from '../../../main/contract/enrollment.ts';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import type { DataColumn } from '../../ui/data-column.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import type { State } from '../../ui/status.ts';
import { TwoLines } from '../../ui/two-lines.tsx';
import { HandOverTo } from '../people/hand-over-to.tsx';
import styles from './job-items.module.css';

export interface JobItemsProps {
  readonly job: JobSummary;
  readonly items: readonly JobItem[];
  readonly onNearEnd?: () => void;
}

const idOf = ({ position }: JobItem): string => String(position);
const nameOf = ({ name }: JobItem): string => name;
const toneOf = ({ state }: JobItem) => (state === 'failed' ? 'stop-loud' : undefined);

/** The people of a job, each with how it stands and the hand-over. */
export function JobItems({ job, items, onNearEnd }: JobItemsProps) {
  const go = useGo();
  const [handed, setHanded] = useState<string>();
  const isCancelled = job.state === 'cancelled';
  const columns = useMemo(() => itemColumns(isCancelled, setHanded), [isCancelled]);
  return (
    <>
      <DataTable
        label={t('issuing.people')}
        rows={items}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        toneOf={toneOf}
        total={job.total}
        onOpen={({ personId }) => go({ name: 'person', id: personId })}
        empty={t('issuing.nobody')}
        {...(onNearEnd === undefined ? {} : { onNearEnd })}
      />
      {handed !== undefined && <HandOverTo person={handed} onClose={() => setHanded(undefined)} />}
    </>
  );
}

const itemColumns = (isCancelled: boolean, onHandOver: (person: string) => void): readonly DataColumn<JobItem>[] => [
  {
    id: 'person',
    header: t('issuing.person'),
    width: 'minmax(180px, 320px)',
    cell: ({ name, mailbox }) => (
      <TwoLines picture={<Avatar name={name} />} first={<PersonName name={name} />} second={<bdi>{mailbox ?? ''}</bdi>} />
    ),
  },
  { id: 'how', header: t('issuing.how'), width: 'minmax(140px, 1fr)', cell: (item) => <How item={item} isCancelled={isCancelled} /> },
  {
    id: 'hand-over',
    header: '',
    width: '122px',
    isNumber: true,
    cell: ({ state, name, personId }) =>
      (state === 'done' || state === 'skipped') && (
        <ActionButton
          size="row"
          icon={IconDeviceFloppy}
          label={t('issuing.hand-over-label', { name })}
          onClick={() => onHandOver(personId)}
        >
          {t('issuing.hand-over')}
        </ActionButton>
      ),
  },
];

const states: Readonly<Record<JobItem['state'], State>> = { waiting: 'waiting', done: 'fine', skipped: 'kept', failed: 'stopped' };

function How({ item: { state, error }, isCancelled }: { readonly item: JobItem; readonly isCancelled: boolean }) {
  const isLeft = state === 'waiting' && isCancelled;
  const words =
    error === null
      ? t(isLeft ? 'issuing.item.left' : `issuing.item.${state === 'failed' ? 'waiting' : state}`)
      : `${error.message} ${error.hint}`;
  return (
    <StatusText state={isLeft ? 'ended' : states[state]} isSentence>
      <span className={styles.words} title={words}>
        {words}
      </span>
    </StatusText>
  );
}
