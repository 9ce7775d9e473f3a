import type { IncidentSummary } from '../../../main/contract/incidents.ts';
import { t } from '../../i18n/translate.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { Page } from '../../shell/page.tsx';
import { useGo, useNavigation } from '../../state/navigation.ts';
import { useQuery } from '../../state/use-query.ts';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { AlarmList } from './alarm-list.tsx';
import { CollectButton } from './collect-button.tsx';
import styles from '../../ui/panel-list.module.css';

/** Alarms that wait for somebody, and the incidents that are being looked into. */
export function IncidentsScreen() {
  const { data, error } = useQuery('incidents.list', {});
  const back = useNavigation((navigation) => navigation.back);
  const header = (
    <PageHeader
      back={{ label: t('window.back'), onClick: () => back({ name: 'audit' }) }}
      title={t('incidents.title')}
      line={t('incidents.line')}
      actions={<CollectButton evidence={{}} words={t('incidents.new')} />}
    />
  );
  return (
    <Page header={header}>
      {error !== undefined && <ErrorNotice error={error} />}
      {data !== undefined && (
        <>
          <AlarmList alarms={data.alarms} />
          <IncidentList incidents={data.incidents} />
        </>
      )}
    </Page>
  );
}

function IncidentList({ incidents }: { readonly incidents: readonly IncidentSummary[] }) {
  const go = useGo();
  if (incidents.length === 0)
    return (
      <Panel title={t('incidents.incidents')}>
        <p>
          {t('incidents.none')} {t('incidents.none-why')}
        </p>
      </Panel>
    );
  return (
    <Panel title={t('incidents.incidents')} isFlush>
      <ul className={styles.list}>
        {incidents.map(({ number, title, state, discoveredAt }) => (
          <li key={number} className={styles.row}>
            <TwoLines
              first={
                <LinkButton onClick={() => go({ name: 'incident', number })}>
                  <bdi>{title}</bdi>
                </LinkButton>
              }
              second={
                <>
                  {t('incidents.number', { number })} ·{' '}
                  <Sentence of="incidents.discovered" with={{ ago: <DateText of={discoveredAt} as="ago" /> }} />
                </>
              }
            />
            <StatusText state={state === 'open' ? 'working' : 'ended'}>{t(`incidents.state-${state}`)}</StatusText>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
