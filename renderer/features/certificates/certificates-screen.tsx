import { useDebouncedValue } from '@mantine/hooks';
import { IconDatabaseImport, IconFileCertificate } from '@tabler/icons-react';
import { useState } from 'react';
import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo } from '../../state/navigation.ts';
import { usePages } from '../../state/use-pages.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { SignRequestDialog } from '../requests/sign-request-dialog.tsx';
import { WaitingRequests } from '../requests/waiting-requests.tsx';
import { certificateColumns, whoseOf } from './certificate-columns.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { numberEnding } from './names.ts';
import styles from './certificates-screen.module.css';

const pageLength = 200;
const typingRests = 150;
type Filter = 'current' | 'all';
const filters: readonly Filter[] = ['current', 'all'];

const idOf = ({ id }: CertificateSummary): string => id;
const nameOf = (certificate: CertificateSummary): string =>
  `${whoseOf(certificate)}, ${t('certificates.number', { ending: numberEnding(certificate.serialNumber) })}`;
const certificatesOf = (page: { readonly certificates: readonly CertificateSummary[] }) => page.certificates;

/** Every certificate the practice issued, its own among them. */
export function CertificatesScreen() {
  const go = useGo();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('current');
  const [words] = useDebouncedValue(search.trim(), typingRests);
  const pages = usePages(
    'certificates.list',
    { limit: pageLength, ...(filter === 'current' ? { isCurrent: true } : {}), ...(words === '' ? {} : { search: words }) },
    certificatesOf,
  );
  return (
    <Page
      isFull
      header={<PageHeader title={t('certificates.title')} line={t('certificates.line')} actions={<Actions />} />}
      tools={
        <>
          <SearchField label={t('certificates.search')} value={search} onChange={setSearch} />
          <FilterChips
            label={t('certificates.filters')}
            chips={filters.map((value) => ({ value, label: t(`certificates.filter.${value}`) }))}
            chosen={filter}
            onChoose={setFilter}
          />
        </>
      }
    >
      {pages.error !== undefined && (
        <div className={styles.error}>
          <ErrorNotice error={pages.error} action={<ActionButton onClick={pages.reload}>{t('window.try-again')}</ActionButton>} />
        </div>
      )}
      <div className={styles.waiting}>
        <WaitingRequests />
      </div>
      <DataTable
        label={t('certificates.title')}
        rows={pages.items}
        columns={certificateColumns}
        rowId={idOf}
        rowName={nameOf}
        onOpen={({ id }) => go({ name: 'certificate', id })}
        onNearEnd={pages.loadMore}
        empty={<NothingFound isLoading={pages.isLoading} isSearching={words !== '' || filter === 'current'} />}
      />
    </Page>
  );
}

const Actions = () => (
  <>
    <Permitted call="certificates.import">
      <Import />
    </Permitted>
    <Permitted call="requests.sign">
      <SignRequest />
    </Permitted>
  </>
);

/** What was made elsewhere, with its keys. */
function Import() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton icon={IconDatabaseImport} onClick={() => setOpen(true)}>
        {t('certificate-import.begin')}
      </ActionButton>
      {isOpen && <ImportDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** For a key that was made elsewhere. */
function SignRequest() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActionButton icon={IconFileCertificate} onClick={() => setOpen(true)}>
        {t('request.begin')}
      </ActionButton>
      {isOpen && <SignRequestDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function NothingFound({ isLoading, isSearching }: { readonly isLoading: boolean; readonly isSearching: boolean }) {
  if (isLoading) return t('window.loading');
  if (isSearching) return t('certificates.nothing');
  return <EmptyState title={t('certificates.empty-title')}>{t('certificates.empty-text')}</EmptyState>;
}
