import { IconUserPlus } from '@tabler/icons-react';
import type { Overview as Report } from '../../../main/contract/reports.ts';
import { formatWeekday } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { Columns } from '../../shell/columns.tsx';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo, type RouteName } from '../../state/navigation.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { Feature } from '../feature.ts';
import { greetingAt, needsOf } from './greeting.ts';
import { ApprovalsPanel } from '../approvals/approvals-panel.tsx';
import { RollbackNotice } from '../audit/rollback-notice.tsx';
import { usePublish } from '../authorities/use-publish.ts';
import { ApplicationsPanel } from '../own/applications-panel.tsx';
import { NobodyYet } from './nobody-yet.tsx';
import { AuditPanel, CoveredPanel, ListsPanel } from './side-panels.tsx';
import { TodoPanel } from './todo-panel.tsx';
import { WeeksPanel } from './weeks-panel.tsx';

/** What needs somebody now, and how the practice stands. */
function Overview() {
  const { data: report, error, reload } = useQuery('reports.overview', {});
  const again = <ActionButton onClick={() => void reload()}>{t('window.try-again')}</ActionButton>;
  if (report === undefined) return error === undefined ? null : <ErrorNotice error={error} action={again} />;
  return (
    <Page header={<Header report={report} />}>
      <Permitted call="audit.checkKept">
        <RollbackNotice />
      </Permitted>
      {error !== undefined && <ErrorNotice error={error} action={again} />}
      <Content report={report} />
    </Page>
  );
}

function Header({ report }: { readonly report: Report }) {
  const now = useNow();
  const go = useGo();
  const { data: status } = useQuery('workspace.status', {});
  const isEmpty = isNobodyHere(report);
  const needs = isEmpty && report.todo.length === 0 ? t('overview.nobody') : needsOf(report.todo.length);
  const values = { date: formatWeekday(now, now), practice: report.practiceName, count: report.people };
  return (
    <PageHeader
      title={`${greetingAt(now, status?.signedIn?.name ?? '')} ${needs}`}
      line={t(isEmpty ? 'overview.line-nobody' : 'overview.line', values)}
      actions={
        isEmpty ? undefined : (
          <Permitted call="enrollment.start">
            <ActionButton icon={IconUserPlus} onClick={() => go({ name: 'enrol' })}>
              {t('overview.enrol')}
            </ActionButton>
          </Permitted>
        )
      }
    />
  );
}

const isNobodyHere = ({ people, left }: Report): boolean => people + left === 0;

const listWords = { title: 'overview.lists-title', saved: 'overview.lists-saved', notSaved: 'overview.lists-made' } as const;

function Content({ report }: { readonly report: Report }) {
  const lists = usePublish(listWords);
  const side = (
    <>
      <AuditPanel audit={report.audit} />
      {!isNobodyHere(report) && <CoveredPanel {...report} />}
      <ListsPanel lists={report.lists} />
    </>
  );
  return (
    <Columns side={side}>
      {lists.error !== undefined && <ErrorNotice error={lists.error} />}
      <Permitted call="approvals.list">
        <ApprovalsPanel />
      </Permitted>
      <ApplicationsPanel />
      {isNobodyHere(report) && report.todo.length === 0 ? (
        <NobodyYet />
      ) : (
        <>
          <TodoPanel todo={report.todo} onSaveLists={() => void lists.publish()} />
          <WeeksPanel endings={report.endings} />
        </>
      )}
    </Columns>
  );
}

function useCounts(): Readonly<Partial<Record<RouteName, number>>> {
  const { data } = useQuery('reports.overview', {});
  return { overview: data?.todo.length ?? 0 };
}

export const overview: Feature = { screens: { overview: Overview }, useCounts };
