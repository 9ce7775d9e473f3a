import { IconTimeline } from '@tabler/icons-react';
import type { RevocationPreview } from '../../../main/contract/certificates.ts';
import { formatDay, formatSeconds } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { formatNumber, t } from '../../i18n/translate.ts';
import { AnswerOf } from '../../shell/answer-of.tsx';
import { Columns } from '../../shell/columns.tsx';
import { Page } from '../../shell/page.tsx';
import { useGo, useNavigation } from '../../state/navigation.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { Thread } from '../../ui/thread.tsx';
import type { OutputFor } from '../../api.ts';
import type { ScreenProps } from '../feature.ts';
import { doneSteps } from './done-steps.ts';
import { opens, signs } from './effects.ts';
import { NextStep } from './next-step.tsx';
import { reasonWords } from './reasons.ts';

type Entry = OutputFor<'audit.show'>;

/** What was revoked, read back from the log: to the second, who learns when, and what to do next. */
export function RevokedScreen({ route }: ScreenProps<'revoked'>) {
  const query = useQuery('audit.show', { index: route.entry });
  return <AnswerOf query={query}>{(entry) => <WithCertificates entry={entry} knownBy={route.knownBy} />}</AnswerOf>;
}

interface WithCertificatesProps {
  readonly entry: Entry;
  readonly knownBy: string | undefined;
}

function WithCertificates({ entry, knownBy }: WithCertificatesProps) {
  const { certificates } = entry.subject;
  const query = useQuery('certificates.previewRevocation', { certificates: typeof certificates === 'object' ? [...certificates] : [] });
  return <AnswerOf query={query}>{(revoked) => <Revoked entry={entry} revoked={revoked} knownBy={knownBy} />}</AnswerOf>;
}

interface RevokedProps extends WithCertificatesProps {
  readonly revoked: RevocationPreview;
}

function Revoked({ entry, revoked, knownBy }: RevokedProps) {
  const now = useNow();
  const { certificates, publishUrl } = revoked;
  const steps = doneSteps({ entry, certificates, publishUrl, knownBy }, now);
  return (
    <Page header={<Header entry={entry} revoked={revoked} />}>
      <Columns
        side={
          <>
            <NextStep revoked={revoked} />
            <Record entry={entry} />
          </>
        }
      >
        <Notice state="fine" title={t('revoked.notice', { count: certificates.length })}>
          <StillWorks revoked={revoked} />
        </Notice>
        <Panel title={t('revoked.done')}>
          <Thread
            label={t('revoked.done')}
            items={steps.map(({ time, ...step }) => ({
              ...step,
              time: 'at' in time ? <DateText of={time.at} as="seconds" /> : time.words,
            }))}
          />
        </Panel>
      </Columns>
    </Page>
  );
}

function Header({ entry, revoked: { certificates, personName } }: Omit<RevokedProps, 'knownBy'>) {
  const now = useNow();
  const go = useGo();
  const back = useNavigation((navigation) => navigation.back);
  const name = personName ?? certificates[0]?.subject ?? '';
  return (
    <PageHeader
      back={{ label: t('window.back'), onClick: () => back({ name: 'certificates' }) }}
      title={t('revoked.title', { count: certificates.length })}
      line={
        <Sentence
          of="revoked.line"
          with={{
            name: <PersonName name={name} />,
            operator: <PersonName name={entry.operator ?? ''} />,
            day: formatDay(entry.time, now),
            time: formatSeconds(entry.time),
          }}
        />
      }
      actions={
        <ActionButton icon={IconTimeline} onClick={() => go({ name: 'audit', entry: entry.index })}>
          {t('revoked.see-entry', { number: formatNumber(entry.index) })}
        </ActionButton>
      }
    />
  );
}

/** What the person can still do, and cannot any more. */
function StillWorks({ revoked: { certificates, personName } }: Pick<RevokedProps, 'revoked'>) {
  if (personName === null) return null;
  const name = <PersonName name={personName} />;
  return (
    <>
      {opens(certificates) && <Sentence of="revoked.opens" with={{ name }} />}{' '}
      {signs(certificates) && <Sentence of="revoked.signs-not" with={{ name }} />}
    </>
  );
}

function Record({ entry }: { readonly entry: Entry }) {
  const number = formatNumber(entry.index);
  const { reason: note, origin, operator, proof, subject } = entry;
  return (
    <Panel title={t('revoked.record')}>
      <Facts
        rows={[
          { term: t('revoked.record.reason'), value: reasonWords(String(subject['reason'] ?? '')) },
          { term: t('revoked.record.note'), value: note === null ? t('revoked.record.no-note') : <bdi>{note}</bdi> },
          { term: t('revoked.record.by'), value: <PersonName name={operator ?? ''} /> },
          { term: t('revoked.record.where'), value: t(`entry.where.${origin.host}`, { machine: origin.machine }) },
          { term: t('revoked.record.entry'), value: t(proof === null ? 'revoked.record.unsigned' : 'revoked.record.signed', { number }) },
        ]}
      />
    </Panel>
  );
}
