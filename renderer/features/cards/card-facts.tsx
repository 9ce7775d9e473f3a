import { IconBuildingBank, IconCertificate2, IconCpu, IconLock, IconMailOpened, IconSignature } from '@tabler/icons-react';
import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { daysUntil } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useNow } from '../../ui/clock.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { standingAt } from '../../ui/standing.ts';
import { StatusText } from '../../ui/status-text.tsx';
import { Fact } from './card-fact.tsx';
import { mainCertificate } from './card-state.ts';
import { signingOn } from './opening-key.ts';
import { pinStates } from './pin-words.ts';
import styles from './card-sheet.module.css';

/** Until when it signs and opens mail, how its PIN stands, and what kind of card it is. */
export function CardFacts({
  card: { certificates, authorities, attestations, pin, tries, isPinTypedAtReader, manufacturer, model },
}: {
  readonly card: TokenSummary;
}) {
  const signing = signingOn(certificates);
  const attested = attestations.find(({ certificate }) => certificate === mainCertificate(signing)?.id)?.attestation;
  const opening = certificates.filter((certificate) => !signing.includes(certificate));
  return (
    <dl className={styles.facts}>
      <Fact icon={IconSignature} term={t('cards.signs')}>
        {signing.length === 0
          ? t('cards.signs-none')
          : signing.map((certificate) => <CertificateLine key={certificate.id} certificate={certificate} />)}
      </Fact>
      {opening.length > 0 && (
        <Fact icon={IconMailOpened} term={t('cards.opens')}>
          {opening.map((certificate) => (
            <CertificateLine key={certificate.id} certificate={certificate} />
          ))}
        </Fact>
      )}
      {attested !== undefined && (
        <Fact icon={IconCertificate2} term={t('certificate.attested')}>
          {attested.state === 'verified' ? (
            <StatusText state="fine">{t('cards.attested')}</StatusText>
          ) : (
            <StatusText state={attested.state === 'false' ? 'stopped' : 'unknown'}>
              {t(`certificate.attested.${attested.state}`)}
            </StatusText>
          )}
        </Fact>
      )}
      {authorities.length > 0 && (
        <Fact icon={IconBuildingBank} term={t('cards.authority')}>
          <bdi>{authorities.join(', ')}</bdi>
        </Fact>
      )}
      <Fact icon={IconLock} term={t('cards.pin')}>
        <StatusText state={pinStates[pin]}>
          {pin === 'count-low' && tries.pin !== null ? t('cards.pin-left', { count: tries.pin }) : t(`cards.pin.${pin}`)}
        </StatusText>
        {isPinTypedAtReader && <> {t('cards.pin-at-reader')}</>}
      </Fact>
      <Fact icon={IconCpu} term={t('cards.made-by')}>
        <bdi>{[manufacturer, model].filter((part) => part !== '').join(', ')}</bdi>
      </Fact>
    </dl>
  );
}

/** How long one certificate lasts. */
function CertificateLine({ certificate }: { readonly certificate: CertificateSummary }) {
  const now = useNow();
  const { status, isCurrent, notAfter } = certificate;
  const day = <DateText of={notAfter} />;
  if (status === 'revoked') return <StatusText state="stopped">{t('cards.revoked')}</StatusText>;
  if (!isCurrent) return <StatusText state="ended">{t('cards.replaced')}</StatusText>;
  const state = standingAt(notAfter, now);
  const left = t('dates.days', { count: daysUntil(notAfter, now) });
  return (
    <StatusText state={state}>
      {state === 'stopped' ? <Sentence of="cards.ended" with={{ day }} /> : <Sentence of="cards.until" with={{ day, left }} />}
    </StatusText>
  );
}
