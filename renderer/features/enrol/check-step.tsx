import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { FileContent } from '../../../main/contract/client.ts';
import type { CheckedStaffRow, StaffListCheck, StaffRepair } from '../../../main/domain/people/staff-list.ts';
import { t } from '../../i18n/translate.ts';
import { BottomBar } from '../../shell/bottom-bar.tsx';
import { Page } from '../../shell/page.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usualProfile } from '../profiles/profile-chooser.tsx';
import { BackToFile, CheckBar, CheckTools } from './check-parts.tsx';
import { checkColumns } from './check-columns.tsx';
import { shownRows, type RowFilter } from './check-rows.ts';
import { EditRowDialog } from './edit-row-dialog.tsx';
import { EnrolSteps } from './enrol-steps.tsx';
import { useStaffListDraft } from './staff-list-draft.ts';
import { useIssuing } from './use-issuing.ts';
import { useStaffFile } from './use-staff-file.ts';
import { useStaffListCheck } from './use-staff-list-check.ts';
import styles from './check-step.module.css';

const idOf = ({ row }: CheckedStaffRow): string => String(row);
const nameOf = ({ person }: CheckedStaffRow): string => person.name;
const toneOf = ({ verdict }: CheckedStaffRow) => (verdict === 'fix' ? 'stop' : verdict === 'look' ? 'warn' : undefined);

/** What would happen, row by row, before it happens. */
export function CheckStep({ file }: { readonly file: FileContent }) {
  const { repairs, repair, forget } = useStaffListDraft();
  const { check, error } = useStaffListCheck(file, repairs);
  const other = useStaffFile();
  if (error !== undefined) return <Unreadable error={other.error ?? error} file={file} onChoose={other.choose} onBack={forget} />;
  const header = <PageHeader title={t('check.title')} line={<FileLine file={file} check={check} onChoose={other.choose} />} />;
  if (check !== undefined)
    return <Checked header={header} file={file} check={check} error={other.error} onRepair={repair} onBack={forget} />;
  return (
    <Page header={header} tools={<EnrolSteps current="check" />}>
      {t('check.reading')}
    </Page>
  );
}

interface UnreadableProps {
  readonly error: unknown;
  readonly file: FileContent;
  readonly onChoose: () => void;
  readonly onBack: () => void;
}

function Unreadable({ error, file, onChoose, onBack }: UnreadableProps) {
  const actions = (
    <ActionButton kind="filled" icon={IconFileSpreadsheet} onClick={onChoose}>
      {t('check.another')}
    </ActionButton>
  );
  return (
    <Page
      header={<PageHeader title={t('check.title')} line={file.name} />}
      tools={<EnrolSteps current="check" />}
      bar={
        <BottomBar actions={actions}>
          <BackToFile onBack={onBack} />
        </BottomBar>
      }
    >
      <ErrorNotice error={error} />
    </Page>
  );
}

interface FileLineProps {
  readonly file: FileContent;
  readonly check: StaffListCheck | undefined;
  readonly onChoose: () => void;
}

const delimiterKeys = { ',': 'check.delimiter.,', ';': 'check.delimiter.;', '\t': 'check.delimiter.tab' } as const;

function FileLine({ file, check, onChoose }: FileLineProps) {
  const ignored = check?.format.ignoredHeaders ?? [];
  return (
    <span className={styles.file}>
      <IconFileSpreadsheet size={16} stroke={1.75} aria-hidden />
      <span>
        {check === undefined
          ? file.name
          : t('check.format', {
              file: file.name,
              count: check.counts.all,
              delimiter: t(delimiterKeys[check.format.delimiter]),
              encoding: t(`check.encoding.${check.format.encoding}`),
            })}
      </span>
      {ignored.length > 0 && <span>{t('check.ignored', { count: ignored.length, columns: ignored.join(', ') })}</span>}
      <LinkButton isInText onClick={onChoose}>
        {t('check.another')}
      </LinkButton>
    </span>
  );
}

interface CheckedProps {
  readonly header: ReactNode;
  readonly file: FileContent;
  readonly check: StaffListCheck;
  readonly error: unknown;
  readonly onRepair: ReturnType<typeof useStaffListDraft.getState>['repair'];
  readonly onBack: () => void;
}

function Checked({ header, file, check, error, onRepair, onBack }: CheckedProps) {
  const [filter, setFilter] = useState<RowFilter>('all');
  const [edited, setEdited] = useState<CheckedStaffRow>();
  const [profile, setProfile] = useState(usualProfile);
  const issuing = useIssuing(file);
  const rows = useMemo(() => shownRows(check, filter), [check, filter]);
  const columns = useCheckColumns(onRepair, setEdited);
  const apply = (changes: readonly StaffRepair[]) => {
    setEdited(undefined);
    if (changes.length > 0) onRepair(changes);
  };
  const bar = (
    <CheckBar
      check={check}
      isIssuing={issuing.isIssuing}
      onFix={() => setFilter('fix')}
      onIssue={() => void issuing.issue(check, profile)}
      onBack={onBack}
    />
  );
  const tools = (
    <CheckTools
      check={check}
      error={issuing.error ?? error}
      filter={filter}
      onFilter={setFilter}
      profile={profile}
      onProfile={setProfile}
    />
  );
  return (
    <Page isFull header={header} tools={tools} bar={bar}>
      <DataTable
        label={t('check.rows')}
        rows={rows}
        columns={columns}
        rowId={idOf}
        rowName={nameOf}
        toneOf={toneOf}
        onOpen={(row) => row.verdict !== 'skipped' && setEdited(row)}
      />
      {edited !== undefined && <EditRowDialog row={edited} onClose={() => setEdited(undefined)} onApply={apply} />}
    </Page>
  );
}

function useCheckColumns(onRepair: CheckedProps['onRepair'], onEdit: (row: CheckedStaffRow) => void) {
  const announce = useAnnounce();
  return useMemo(
    () =>
      checkColumns({
        onRepair: (repair) => {
          onRepair([repair]);
          announce(t('check.used', { value: repair.value, row: repair.row }));
        },
        onEdit,
      }),
    [onRepair, onEdit, announce],
  );
}
