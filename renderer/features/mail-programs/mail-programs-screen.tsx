import { IconHourglassEmpty, IconPackage, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { MailPackage } from '../../../main/contract/mail.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { useMay } from '../../state/role.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { MakePackagesDialog } from './make-packages-dialog.tsx';
import { packageColumns } from './package-columns.tsx';
import { PackageDialog } from './package-dialog.tsx';
import { packageFilterNames, packageFilters, type PackageFilter } from './package-words.ts';

const idOf = ({ id }: MailPackage): string => id;
const nameOf = ({ name }: MailPackage): string => name;

/** Whom which keys were packed for, whether they have them, and whether they work. */
export function MailProgramsScreen() {
  const query = useQuery('mail.packages', {});
  const [filter, setFilter] = useState<PackageFilter>('all');
  const [open, setOpen] = useState<string>();
  const [making, setMaking] = useState<readonly MailPackage[]>();
  const packages = query.data?.packages ?? [];
  const owed = packages.filter(packageFilters.owed);
  const shown = packages.find(({ id }) => id === open);
  const isEmpty = query.data !== undefined && packages.length === 0;
  const header = <Header owed={owed} expired={packages.filter(isUnwritten)} onMake={setMaking} />;
  return (
    <Page
      isFull={!isEmpty}
      header={header}
      {...(isEmpty ? {} : { tools: <Filters packages={packages} filter={filter} onFilter={setFilter} /> })}
    >
      {query.error !== undefined && <ErrorNotice error={query.error} />}
      {isEmpty ? (
        <EmptyState title={t('packages.empty-title')}>{t('packages.empty-text')}</EmptyState>
      ) : (
        <DataTable
          label={t('packages.title')}
          rows={packages.filter(packageFilters[filter])}
          columns={packageColumns}
          rowId={idOf}
          rowName={nameOf}
          onOpen={({ id }) => setOpen(id)}
          empty={query.data === undefined ? t('window.loading') : t('packages.none')}
        />
      )}
      {shown !== undefined && <PackageDialog key={shown.id} one={shown} onClose={() => setOpen(undefined)} />}
      {making !== undefined && <MakePackagesDialog {...(making.length > 0 ? { owed: making } : {})} onClose={() => setMaking(undefined)} />}
    </Page>
  );
}

/** Nobody picked it up in time, and the log does not say so yet. */
const isUnwritten = ({ state, expiresAt }: MailPackage): boolean => state === 'expired' && expiresAt !== null;

interface HeaderProps {
  readonly owed: readonly MailPackage[];
  readonly expired: readonly MailPackage[];
  /** With what is owed, or nothing for new ones. */
  readonly onMake: (owed: readonly MailPackage[]) => void;
}

function Header({ owed, expired, onMake }: HeaderProps) {
  const may = useMay();
  const announce = useAnnounce();
  const expire = useCommand('mail.expire');
  const enter = async () => {
    const entered = await expire.run({});
    if (entered !== undefined) announce(t('packages.expired', { count: entered.packages.length }));
  };
  const actions = may('mail.deliver') && (
    <>
      {expired.length > 0 && (
        <ActionButton icon={IconHourglassEmpty} isWorking={expire.isRunning} onClick={() => void enter()}>
          {t('packages.expire')}
        </ActionButton>
      )}
      {owed.length > 0 && (
        <ActionButton icon={IconRefresh} onClick={() => onMake(owed)}>
          {t('packages.make-owed', { count: owed.length })}
        </ActionButton>
      )}
      <ActionButton kind="filled" icon={IconPackage} onClick={() => onMake([])}>
        {t('packages.make')}
      </ActionButton>
    </>
  );
  return <PageHeader title={t('packages.title')} line={t('packages.line')} actions={actions} />;
}

interface FiltersProps {
  readonly packages: readonly MailPackage[];
  readonly filter: PackageFilter;
  readonly onFilter: (filter: PackageFilter) => void;
}

const Filters = ({ packages, filter, onFilter }: FiltersProps) => (
  <FilterChips
    label={t('packages.filters')}
    chips={packageFilterNames.map((value) => ({
      value,
      label: t(`packages.filter.${value}`),
      count: packages.filter(packageFilters[value]).length,
    }))}
    chosen={filter}
    onChoose={onFilter}
  />
);
