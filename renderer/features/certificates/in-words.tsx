import type { CertificateDetails } from '../../../main/contract/certificates.ts';
import { formatDistance } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { formatNumber, t } from '../../i18n/translate.ts';
import { Answers, type Answer } from '../../ui/answers.tsx';
import { useNow } from '../../ui/clock.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { ValidityLine } from '../../ui/validity-line.tsx';
import { momentWords } from '../revoke/effects.ts';
import { algorithmName, commonName } from './names.ts';
import { strengthOf } from './strength.ts';

/** A certificate as questions people ask and their answers. */
export function InWords({ certificate }: { readonly certificate: CertificateDetails }) {
  const now = useNow();
  return (
    <Panel>
      <Answers
        rows={[
          whose(certificate),
          ...mailboxes(certificate),
          purpose(certificate),
          until(certificate),
          key(certificate),
          ...attested(certificate),
          accepted(certificate, now),
          strong(certificate),
          rules(certificate),
        ]}
      />
    </Panel>
  );
}

/** The person or authority a certificate is for. */
export const ownerOf = ({ personName, subject }: Pick<CertificateDetails, 'personName' | 'subject'>): string =>
  personName ?? commonName(subject);

function whose(certificate: CertificateDetails): Answer {
  const issuer = certificate.issuerName;
  const isOwn = certificate.subject === certificate.issuer;
  return {
    question: t('certificate.whose'),
    answer: <PersonName name={ownerOf(certificate)} />,
    detail: isOwn ? (
      t('certificate.whose-self')
    ) : (
      <Sentence of="certificate.whose-issuer" with={{ issuer: <PersonName name={issuer} /> }} />
    ),
  };
}

/** What the card said of the key it made, where it is on one. */
function attested({ attestation }: CertificateDetails): readonly Answer[] {
  if (attestation === null) return [];
  const question = t('certificate.attested');
  if (attestation.state !== 'verified') {
    const { state } = attestation;
    return [{ question, answer: t(`certificate.attested.${state}`), detail: t(`certificate.attested.${state}-detail`) }];
  }
  const { serialNumber, formFactor, firmware, pinPolicy, touchPolicy } = attestation;
  const card = [serialNumber?.toString() ?? '', formFactor].filter((part) => part !== '').join(', ');
  const policies = { pin: t(`certificate.pin-policy.${pinPolicy}`), touch: t(`certificate.touch-policy.${touchPolicy}`) };
  return [
    {
      question,
      answer: t('certificate.attested.verified', { card }),
      detail: t('certificate.attested.verified-detail', { firmware, ...policies }),
    },
  ];
}

function mailboxes({ emails }: CertificateDetails): readonly Answer[] {
  const count = emails.length;
  if (count === 0) return [];
  return [
    {
      question: t('certificate.mailboxes', { count }),
      answer: emails.map((email) => (
        <div key={email}>
          <bdi>{email}</bdi>
        </div>
      )),
      detail: t('certificate.mailboxes-only', { count }),
    },
  ];
}

function purpose(certificate: CertificateDetails): Answer {
  const name = <PersonName name={ownerOf(certificate)} />;
  const answer = <Sentence of={`certificate.purpose.${certificate.purpose}`} with={{ name }} />;
  const question = t('certificate.purpose');
  return certificate.purpose === 'dual'
    ? { question, answer }
    : { question, answer, detail: t(`certificate.purpose.${certificate.purpose}-detail`) };
}

const until = ({ notBefore, notAfter, status }: CertificateDetails): Answer => ({
  question: t('certificate.until'),
  answer: <ValidityLine from={notBefore} until={notAfter} isStopped={status === 'revoked'} />,
});

const keyDetails = ['active', 'deactivated', 'compromised', 'suspended'] as const;

function key({ keyState, keyStore, isInKeychain }: CertificateDetails): Answer {
  const question = t('certificate.key');
  if (keyState === 'destroyed') return { question, answer: t('certificate.key.gone'), detail: t('certificate.key.destroyed') };
  const known = keyDetails.find((state) => state === keyState);
  const answer = t(isInKeychain ? 'certificate.key.keychain' : `certificate.key.${keyStore}`);
  if (known === undefined) return { question, answer };
  if (known === 'active' && isInKeychain) return { question, answer, detail: t('certificate.key.active-keychain') };
  return {
    question,
    answer,
    detail: t(known === 'active' && keyStore !== 'vault' ? `certificate.key.active-${keyStore}` : `certificate.key.${known}`),
  };
}

function accepted({ status, revokedAt, notAfter, latestList, isOurs, issuerName }: CertificateDetails, now: Date): Answer {
  const question = t('certificate.accepted');
  if (revokedAt !== null) {
    const answer = t(status === 'on-hold' ? 'certificate.accepted.held' : 'certificate.accepted.no', {
      when: formatDistance(revokedAt, now),
    });
    return latestList === null
      ? { question, answer }
      : { question, answer, detail: t('certificate.accepted.no-detail', numberOf(latestList)) };
  }
  if (status === 'expired') return { question, answer: t('certificate.accepted.ended', { when: formatDistance(notAfter, now) }) };
  if (!isOurs)
    return {
      question,
      answer: t('certificate.accepted.elsewhere', { issuer: issuerName }),
      detail: t('certificate.accepted.elsewhere-detail'),
    };
  if (latestList === null) return { question, answer: t('certificate.accepted.no-list'), detail: t('certificate.accepted.no-list-detail') };
  const made = momentWords(latestList.thisUpdate, now);
  return {
    question,
    answer: t('certificate.accepted.yes', { ...numberOf(latestList), when: made }),
    detail: dueWords(latestList.nextUpdate, now),
  };
}

const numberOf = ({ number }: { readonly number: number }) => ({ number: formatNumber(number) });

const dueWords = (nextUpdate: string, now: Date): string =>
  new Date(nextUpdate) > now
    ? t('certificate.accepted.next', { when: momentWords(nextUpdate, now) })
    : t('certificate.accepted.overdue', { when: formatDistance(nextUpdate, now) });

function strong(certificate: CertificateDetails): Answer {
  const { keyAlgorithm, signatureAlgorithm } = certificate;
  return {
    question: t('certificate.strong'),
    answer: t(`certificate.strong.${strengthOf(certificate)}`),
    detail: t('certificate.strong.algorithms', { key: algorithmName(keyAlgorithm), signature: algorithmName(signatureAlgorithm) }),
  };
}

function rules({ findings, isAuthority }: CertificateDetails): Answer {
  const count = findings.length;
  const yes = isAuthority ? 'certificate.rules.yes-authority' : 'certificate.rules.yes';
  return { question: t('certificate.rules'), answer: count === 0 ? t(yes) : t('certificate.rules.no', { count }) };
}
