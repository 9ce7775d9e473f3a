import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload, IconFlag } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { AuditEntryView } from '../../../main/contract/audit.ts';
import { t } from '../../i18n/translate.ts';
import { Page } from '../../shell/page.tsx';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo, useNavigation } from '../../state/navigation.ts';
import { usePages } from '../../state/use-pages.ts';
import { usePush } from '../../state/use-push.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LogThread } from '../../ui/log-thread.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { ScreenProps } from '../feature.ts';
import { AlarmNotice } from './alarm-notice.tsx';
import { AuditFilters, type AuditView } from './audit-filters.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { chipFilter } from './groups.ts';
import { asLogEntry } from './log-entries.tsx';
import { LogLinks } from './log-links.tsx';
import { periodStart } from './period.ts';
import { ExplainedRollbacks, RollbackNotice } from './rollback-notice.tsx';
import { OtherSystems, SinkNotices } from './sinks-notice.tsx';
import { SaveLogDialog } from './save-log-dialog.tsx';
import type { SelectionFilters } from './save-log.ts';
import { TimeStamps } from './time-stamps.tsx';
import { Verdict } from './verdict.tsx';
import styles from './audit-screen.module.css';

const pageLength = 200;
/** Every question is itself logged: it waits until the typing rests. */
const typingRests = 400;

const entriesOf = (page: { readonly entries: readonly AuditEntryView[] }) => page.entries;

/** The log: whether it holds, what was done day by day, and each entry with its proof. */
export function AuditScreen({ route }: ScreenProps<'audit'>) {
  const { person, certificate, search } = route;
  return <Log key={[person, certificate, search].join(' ')} route={route} />;
}

function Log({ route }: ScreenProps<'audit'>) {
  const { replace } = useNavigation();
  const announce = useAnnounce();
  const [view, setView] = useState(() => firstView(route));
  const filters = useFilters(view, route);
  const pages = usePages('audit.list', { limit: pageLength, ...filters }, entriesOf, { isStill: true });
  const news = useNews(pages.reload);
  const entries = useMemo(() => pages.items.map(asLogEntry), [pages.items]);
  const { entry, ...rest } = route;
  const open = (id: string) => {
    replace({ ...rest, entry: Number(id) });
    announce(t('entry.opened', { number: Number(id) }));
  };
  return (
    <Page
      isFull
      header={<PageHeader title={t('audit.title')} line={t('audit.line')} actions={<LogActions filters={filters} />} />}
      tools={
        <>
          <div className={styles.verdict}>
            <RollbackNotice />
            <SinkNotices />
            <Verdict />
            <LogLinks />
            <TimeStamps />
            <ExplainedRollbacks />
            <AlarmNotice />
          </div>
          <AuditFilters view={view} onView={setView} only={onlyOf(route, pages.items)} onEverything={() => replace({ name: 'audit' })} />
          {news.count > 0 && <ActionButton onClick={news.show}>{t('audit.new', { count: news.count })}</ActionButton>}
        </>
      }
      {...(entry === undefined ? {} : { aside: <EntryPanel key={entry} index={entry} onClose={() => replace(rest)} /> })}
    >
      {pages.error !== undefined && (
        <div className={styles.error}>
          <ErrorNotice error={pages.error} action={<ActionButton onClick={pages.reload}>{t('window.try-again')}</ActionButton>} />
        </div>
      )}
      <LogThread
        label={t('audit.list')}
        entries={entries}
        onOpen={open}
        onNearEnd={pages.loadMore}
        empty={pages.isLoading ? t('window.loading') : t('audit.nothing')}
        {...(entry === undefined ? {} : { openId: String(entry) })}
      />
    </Page>
  );
}

/** A history is shown from its beginning. */
const firstView = ({ person, certificate, search }: ScreenProps<'audit'>['route']): AuditView => ({
  search: search ?? '',
  period: (person ?? certificate ?? search) === undefined ? 'month' : 'all',
  chips: [],
});

/** What of the log is asked for. */
function useFilters({ search, period, chips }: AuditView, { person, certificate }: ScreenProps<'audit'>['route']): SelectionFilters {
  const now = useNow();
  const [words] = useDebouncedValue(search.trim(), typingRests);
  const from = periodStart(period, now);
  return {
    ...chipFilter(chips),
    ...(words === '' ? {} : { search: words }),
    ...(from === undefined ? {} : { from }),
    ...(person === undefined ? {} : { person }),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

const LogActions = ({ filters }: { readonly filters: SelectionFilters }) => (
  <>
    <Incidents />
    <OtherSystems />
    <SaveLog filters={filters} />
  </>
);

/** Leads to what the log raised an alarm for. */
function Incidents() {
  const go = useGo();
  return (
    <Permitted call="incidents.list">
      <ActionButton icon={IconFlag} onClick={() => go({ name: 'incidents' })}>
        {t('incidents.open-page')}
      </ActionButton>
    </Permitted>
  );
}

/** What leads out of the house: for those who may. */
function SaveLog({ filters }: { readonly filters: SelectionFilters }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Permitted call="audit.exportHead">
      <ActionButton icon={IconDownload} onClick={() => setOpen(true)}>
        {t('save-log.open')}
      </ActionButton>
      {isOpen && <SaveLogDialog filters={filters} onClose={() => setOpen(false)} />}
    </Permitted>
  );
}

/** How often the log has grown while the page is open; reading it anew is itself logged, so it waits to be asked for. */
function useNews(reload: () => void): { readonly count: number; readonly show: () => void } {
  const [count, setCount] = useState(0);
  usePush('audit.grown', () => setCount((before) => before + 1));
  return {
    count,
    show: () => {
      setCount(0);
      reload();
    },
  };
}

function onlyOf({ person, certificate }: ScreenProps<'audit'>['route'], entries: readonly AuditEntryView[]): string | undefined {
  if (certificate !== undefined) return t('audit.only-certificate');
  if (person === undefined) return undefined;
  return t('audit.only-person', { name: entries.map(({ names }) => names[person]).find((name) => name !== undefined) ?? '' });
}
