import { IconBuildingBank, IconLockOpen, IconMessageCheck, IconSignature } from '@tabler/icons-react';
import type { CertificateSummary } from '../../../main/contract/certificates.ts';
import { t } from '../../i18n/translate.ts';
import { useNow } from '../../ui/clock.tsx';
import type { DataColumn } from '../../ui/data-column.ts';
import { StatusText } from '../../ui/status-text.tsx';
import { TimeLeft } from '../../ui/time-left.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { commonName, numberEnding } from './names.ts';
import { standingWords } from './standing.ts';

const icons = {
  sign: IconSignature,
  encrypt: IconLockOpen,
  dual: IconSignature,
  authority: IconBuildingBank,
  revocation: IconMessageCheck,
} as const;

function PurposeIcon({ purpose }: Pick<CertificateSummary, 'purpose'>) {
  const Shown = icons[purpose];
  return <Shown size={20} stroke={1.6} color="var(--kw-ink-2)" aria-hidden />;
}

/** What a certificate is called in a list: its mailbox, or the name of an authority. */
export const whoseOf = ({ emails, subject }: Pick<CertificateSummary, 'emails' | 'subject'>): string => emails[0] ?? commonName(subject);

/** The columns of the list of certificates. */
export const certificateColumns: readonly DataColumn<CertificateSummary>[] = [
  {
    id: 'whose',
    header: t('certificates.column.whose'),
    width: 'minmax(220px, 2fr)',
    cell: (certificate) => (
      <TwoLines
        picture={<PurposeIcon purpose={certificate.purpose} />}
        first={<bdi>{whoseOf(certificate)}</bdi>}
        second={t('certificates.number', { ending: numberEnding(certificate.serialNumber) })}
      />
    ),
  },
  {
    id: 'purpose',
    header: t('certificates.column.purpose'),
    width: 'minmax(150px, 1fr)',
    isExtra: true,
    cell: ({ purpose }) => t(`certificates.purpose.${purpose}`),
  },
  {
    id: 'state',
    header: t('certificates.column.state'),
    width: 'minmax(170px, 1.2fr)',
    cell: (certificate) => <StandingText certificate={certificate} />,
  },
  {
    id: 'ends',
    header: t('certificates.column.ends'),
    width: '140px',
    isExtra: true,
    cell: ({ notBefore, notAfter, status }) => <TimeLeft from={notBefore} until={notAfter} isStopped={status === 'revoked'} />,
  },
];

function StandingText({ certificate }: { readonly certificate: CertificateSummary }) {
  const { state, of, with: values } = standingWords(certificate, useNow());
  return <StatusText state={state}>{t(of, values)}</StatusText>;
}
