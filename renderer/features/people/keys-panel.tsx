import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import type { PersonDetails } from '../../../main/contract/people.ts';
import { daysUntil, formatDistance } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { useMay } from '../../state/role.ts';
import { useNow } from '../../ui/clock.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { standingAt } from '../../ui/standing.ts';
import type { State } from '../../ui/status.ts';
import { Tag } from '../../ui/tag.tsx';
import { yearsAround, type TimeScale } from '../../ui/time-scale.ts';
import { ValidityAxis, ValidityRow } from '../../ui/validity-row.tsx';
import { purposeIcons, spanKinds } from './lane-looks.ts';
import { openPgpLanes } from './openpgp-lanes.ts';
import { OpenPgpSection } from './openpgp-section.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { useCardWith } from '../cards/use-cards.ts';
import { keyLanes, type KeyLane } from './key-lanes.ts';
import styles from './keys-panel.module.css';

export interface KeysPanelProps {
  readonly person: Pick<PersonDetails, 'certificates' | 'openPgp' | 'status'>;
  /** Left out where nothing is done on the page. */
  readonly onMakeOpenPgp?: () => void;
  readonly onHandOverOpenPgp?: () => void;
}

/** A person's keys, by whom they are with and what they are for, all on one time axis. */
export function KeysPanel({ person, onMakeOpenPgp, onHandOverOpenPgp }: KeysPanelProps) {
  const now = useNow();
  const lanes = keyLanes(person.certificates);
  const withPartners = openPgpLanes(person.openPgp);
  const scale = yearsAround(
    [...lanes, ...withPartners].flatMap(({ bars }) => bars.flatMap(({ from, to }) => [from, to])),
    now,
  );
  const may = useMay();
  const mayMake = person.status === 'active' && may('openpgp.generate');
  const title = (
    <>
      {t('keys.title')} <Tag>{t('keys.smime')}</Tag>
    </>
  );
  return (
    <Panel title={title}>
      {lanes.length === 0 && t('keys.none')}
      {lanes.map((lane) => (
        <Lane key={lane.purpose} lane={lane} scale={scale} />
      ))}
      {withPartners.length === 0 && lanes.length > 0 && <ValidityAxis scale={scale} />}
      {(mayMake || withPartners.length > 0) && (
        <OpenPgpSection lanes={withPartners} scale={scale} onMake={mayMake ? onMakeOpenPgp : undefined} onHandOver={onHandOverOpenPgp} />
      )}
      {withPartners.length > 0 && <ValidityAxis scale={scale} />}
    </Panel>
  );
}

function Lane({ lane: { purpose, bars, current }, scale }: { readonly lane: KeyLane; readonly scale: TimeScale }) {
  const go = useGo();
  const now = useNow();
  const what = t(`keys.${purpose}`);
  if (current === undefined) return null;
  const { state, words } = standingOfCertificate(current, now);
  return (
    <ValidityRow
      icon={purposeIcons[purpose]}
      title={what}
      detail={
        <>
          <WhereKept certificate={current} />
          <LinkButton label={t('keys.details-of', { what })} onClick={() => go({ name: 'certificate', id: current.id })}>
            {t('keys.details')}
          </LinkButton>
        </>
      }
      scale={scale}
      spans={bars.map(({ kind, from, to }) => ({ kind: spanKinds[kind], from, until: to, words: t(`keys.${kind}`) }))}
      state={state}
      left={words}
      until={
        current.revokedAt === null ? (
          <Sentence of="keys.to" with={{ day: <DateText of={current.notAfter} as="short" /> }} />
        ) : (
          <RevokedOn certificate={current} />
        )
      }
    />
  );
}

function RevokedOn({ certificate: { revokedAt, status, notAfter } }: { readonly certificate: CertificateSummary }) {
  const day = <DateText of={revokedAt ?? notAfter} as="short" />;
  return status === 'on-hold' ? <Sentence of="keys.since" with={{ day }} /> : day;
}

/** On which card the key is, while that one is in a reader, or that it is not here; the vault goes without saying. */
function WhereKept({ certificate: { id, keyStore } }: { readonly certificate: CertificateSummary }) {
  const card = useCardWith(id);
  if (keyStore === 'vault') return null;
  if (keyStore === 'elsewhere') return <span className={styles.where}>{t('keys.elsewhere')}</span>;
  const where = card === undefined ? t('keys.on-card') : t('keys.on-this-card', { ending: cardEnding(card) });
  return <span className={styles.where}>{where}</span>;
}

/** How one certificate stands: shape and the shortest words. */
function standingOfCertificate({ status, notAfter, notBefore }: CertificateSummary, now: Date): { state: State; words: string } {
  if (status === 'revoked') return { state: 'stopped', words: t('keys.revoked') };
  if (status === 'on-hold') return { state: 'held', words: t('state.held') };
  if (new Date(notBefore) > now) return { state: 'waiting', words: t('keys.starts', { when: formatDistance(notBefore, now) }) };
  const state = standingAt(notAfter, now);
  return { state, words: state === 'stopped' ? t('keys.ended') : t('dates.days', { count: daysUntil(notAfter, now) }) };
}
