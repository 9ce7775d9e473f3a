import type { IncidentEvent, IncidentSummary, KeyConcerned } from '../../../main/contract/incidents.ts';
import { formatFullDay } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { DateText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { Thread } from '../../ui/thread.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { EntryTitle } from '../audit/log-entries.tsx';
import styles from '../../ui/panel-list.module.css';

/** By when whom has to be told, if it is a breach. */
export function NoticePanel({ incident: { notice, affected, discoveredAt } }: { readonly incident: IncidentSummary }) {
  const rows = [
    { term: t('incidents.notice-individuals'), value: formatFullDay(notice.individuals) },
    { term: t('incidents.notice-secretary'), value: formatFullDay(notice.secretary) },
    { term: t('incidents.notice-media'), value: notice.media === null ? t('incidents.notice-media-none') : formatFullDay(notice.media) },
    { term: t('incidents.affected'), value: affected === null ? t('incidents.affected-unknown') : String(affected) },
  ];
  return (
    <Panel title={t('incidents.notice')}>
      <Facts rows={rows} termWidth={132} />
      <p className={styles.more}>
        <Sentence of="incidents.discovered" with={{ ago: <DateText of={discoveredAt} as="ago" /> }} />. {t('incidents.notice-if')}
      </p>
    </Panel>
  );
}

/** What the keys could open, since when, and whether they still can. */
export function KeysPanel({ keys }: { readonly keys: readonly KeyConcerned[] }) {
  if (keys.length === 0)
    return (
      <Panel title={t('incidents.keys')}>
        <p>{t('incidents.keys-none')}</p>
      </Panel>
    );
  return (
    <Panel title={t('incidents.keys')} isFlush>
      <ul className={styles.list}>
        {keys.map((key) => (
          <Key key={key.certificate} concerned={key} />
        ))}
      </ul>
    </Panel>
  );
}

function Key({ concerned }: { readonly concerned: KeyConcerned }) {
  const go = useGo();
  const { certificate, name, emails, purpose, since, until, revoked } = concerned;
  const words = t('incidents.key', {
    name: name ?? emails.join(', '),
    use: t(`incidents.use-${purpose}`),
    from: formatFullDay(since),
    to: formatFullDay(until),
  });
  return (
    <li className={styles.row}>
      <TwoLines
        first={
          <LinkButton onClick={() => go({ name: 'certificate', id: certificate })}>
            <bdi>{words}</bdi>
          </LinkButton>
        }
        second={<bdi>{emails.join(', ')}</bdi>}
      />
      {revoked === null ? (
        <StatusText state="soon">{t('incidents.not-revoked')}</StatusText>
      ) : (
        <StatusText state="ended">
          <Sentence of="incidents.revoked" with={{ ago: <DateText of={revoked.at} as="ago" /> }} />
        </StatusText>
      )}
    </li>
  );
}

/** All that was collected, in the order it happened. */
export function TimelinePanel({ timeline }: { readonly timeline: readonly IncidentEvent[] }) {
  const items = timeline.map((event, at) => ({
    id: String(at),
    state: event.alarm === null ? ('fine' as const) : ('stopped' as const),
    title: <What event={event} />,
    who: event.entry?.operator ?? (event.alarm === null ? event.addedBy : t('audit.keyward')),
    time: <DateText of={event.at} as="moment" />,
  }));
  return (
    <Panel title={t('incidents.timeline')}>
      {items.length === 0 ? t('incidents.timeline-none') : <Thread label={t('incidents.timeline')} items={items} />}
    </Panel>
  );
}

function What({ event: { note, alarm, entry, addedBy, certificate } }: { readonly event: IncidentEvent }) {
  const go = useGo();
  if (note !== null) return <bdi>{t('incidents.note-by', { name: addedBy, note })}</bdi>;
  const index = alarm?.firstIndex ?? entry?.index;
  return (
    <>
      {alarm !== null && t(`alarm.${alarm.rule}`)}
      {entry !== null && <EntryTitle entry={entry} />}
      {certificate !== null && (
        <LinkButton onClick={() => go({ name: 'certificate', id: certificate })}>{t('incidents.certificate')}</LinkButton>
      )}{' '}
      {index !== undefined && (
        <LinkButton onClick={() => go({ name: 'audit', entry: index })}>{t('incidents.entry', { index })}</LinkButton>
      )}
    </>
  );
}
