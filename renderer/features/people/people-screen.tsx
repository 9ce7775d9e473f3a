import { IconFileExport, IconUserPlus } from '@tabler/icons-react';
import { FileContent } from '../../../main/contract/client.ts';
import type { PeopleList, PersonSummary } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo } from '../../state/navigation.ts';
import { useMay } from '../../state/role.ts';
import { usePages } from '../../state/use-pages.ts';
import { useSaveFiles } from '../../state/use-save-files.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import type { ScreenProps } from '../feature.ts';
import { NobodyYet } from './nobody-yet.tsx';
import { peopleColumns } from './people-columns.tsx';
import { peopleCsv } from './people-csv.ts';
import { PeopleSelection } from './people-selection.tsx';
import { usePeopleView, type PeopleView } from './people-view.ts';
import { useSelectedPeople } from './use-selected-people.ts';
import styles from './people-screen.module.css';

const pageLength = 200;
const idOf = (person: PersonSummary): string => person.id;
const nameOf = (person: PersonSummary): string => person.name;
const peopleOf = (page: PeopleList): readonly PersonSummary[] => page.people;

/** Everybody, those who need somebody first. */
export function PeopleScreen({ route }: ScreenProps<'people'>) {
  const go = useGo();
  const may = useMay();
  const { view, change } = usePeopleView(route);
  const { search, filter, sort, descending } = view;
  const pages = usePages('people.list', { limit: pageLength, filter, sort, descending, ...(search === '' ? {} : { search }) }, peopleOf);
  const selection = useSelectedPeople(pages.items);
  const counts = pages.first?.counts;
  if (counts !== undefined && counts.everyone + counts.left === 0 && may('enrollment.start')) return <NobodyYet />;
  return (
    <Page
      isFull
      header={<PeopleHeader counts={counts} sort={sort} people={pages.items} />}
      tools={<PeopleTools view={view} counts={counts} onChange={change} />}
      bar={selection.people.length > 0 && <PeopleSelection people={selection.people} onClear={selection.clear} />}
    >
      {pages.error !== undefined && (
        <div className={styles.error}>
          <ErrorNotice error={pages.error} action={<ActionButton onClick={pages.reload}>{t('window.try-again')}</ActionButton>} />
        </div>
      )}
      <DataTable
        label={t('people.title')}
        rows={pages.items}
        columns={peopleColumns}
        rowId={idOf}
        rowName={nameOf}
        order={{ column: sort, isDescending: descending }}
        onOrder={({ column, isDescending }) => change({ sort: column as PeopleView['sort'], descending: isDescending })}
        selected={selection.ids}
        onSelect={selection.select}
        onOpen={({ id }) => go({ name: 'person', id })}
        onNearEnd={pages.loadMore}
        empty={pages.isLoading ? t('window.loading') : t('people.nobody-found')}
        {...(search === '' && counts !== undefined ? { total: totalOf(counts, filter) } : {})}
      />
    </Page>
  );
}

const totalOf = (counts: PeopleList['counts'], filter: PeopleView['filter']): number => counts[filter];

interface PeopleHeaderProps {
  readonly counts: PeopleList['counts'] | undefined;
  readonly sort: PeopleView['sort'];
  readonly people: readonly PersonSummary[];
}

function PeopleHeader({ counts, sort, people }: PeopleHeaderProps) {
  const go = useGo();
  const now = useNow();
  const { save, isSaving } = useSaveFiles();
  const exportList = () => void save(t('people.export-save'), [new FileContent(t('people.export-file'), peopleCsv(people, now))]);
  const line = counts !== undefined && {
    count: counts.everyone,
    left: counts.left,
    sorted: t(`people.sorted.${sort}`),
  };
  return (
    <PageHeader
      title={t('people.title')}
      line={line === false ? '\u00A0' : t(line.left === 0 ? 'people.line' : 'people.line-left', line)}
      actions={
        <>
          <ActionButton icon={IconFileExport} isWorking={isSaving} onClick={exportList}>
            {t('people.export')}
          </ActionButton>
          <Permitted call="enrollment.start">
            <ActionButton icon={IconUserPlus} onClick={() => go({ name: 'enrol' })}>
              {t('people.enrol')}
            </ActionButton>
          </Permitted>
        </>
      }
    />
  );
}

interface PeopleToolsProps {
  readonly view: PeopleView;
  readonly counts: PeopleList['counts'] | undefined;
  readonly onChange: (change: Partial<PeopleView>) => void;
}

const filters = ['everyone', 'attention', 'ending', 'uncovered', 'left'] as const;

function PeopleTools({ view, counts, onChange }: PeopleToolsProps) {
  const chips = filters.map((value) => ({
    value,
    label: t(`people.filter.${value}`),
    ...(counts === undefined ? {} : { count: counts[value] }),
  }));
  return (
    <>
      <SearchField label={t('people.search')} value={view.search} onChange={(search) => onChange({ search })} />
      <FilterChips label={t('people.filters')} chips={chips} chosen={view.filter} onChoose={(filter) => onChange({ filter })} />
    </>
  );
}
