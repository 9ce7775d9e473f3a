import { IconBuildingBank, IconBuildingCommunity, IconUser } from '@tabler/icons-react';
import type { CertificateDetails, ChainLink } from '../../../main/contract/certificates.ts';
import { wordError } from '../../../main/domain/locale/word-error.ts';
import { daysUntil, toDate } from '../../i18n/dates.ts';
import { errorMessages } from '../../i18n/locale.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import type { ChainNode, ChainReason } from '../../ui/chain-tree.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { standingAt } from '../../ui/standing.ts';
import type { State } from '../../ui/status.ts';

const icons = { root: IconBuildingCommunity, issuing: IconBuildingBank, person: IconUser } as const;

/** Below this a year says too little. */
const nearDays = 60;

/** The chain of a certificate as boxes, each with the reason it is, or is not, to be trusted. */
export function chainNodes(certificate: CertificateDetails, now: Date): readonly ChainNode[] {
  const { chain, purpose } = certificate;
  return chain.map((link, index) => ({
    id: link.certificateId,
    icon: icons[link.kind],
    name: <PersonName name={link.name} />,
    detail: detailOf(link, purpose),
    state: stateOf(link, now),
    until: untilWords(link, now),
    reasons: reasonsOf(certificate, index),
  }));
}

function detailOf({ kind, isOurs }: ChainLink, purpose: CertificateDetails['purpose']): string {
  if (kind === 'person') return t(`certificates.purpose.${purpose}`);
  return t(isOurs ? `certificate.chain.${kind}` : 'certificate.chain.elsewhere');
}

const lostStates: Readonly<Record<Exclude<ChainLink['status'], 'valid'>, State>> = {
  revoked: 'stopped',
  expired: 'ended',
  'not-yet-valid': 'waiting',
  'on-hold': 'held',
};

const stateOf = ({ status, notAfter }: ChainLink, now: Date): State =>
  status === 'valid' ? standingAt(notAfter, now) : lostStates[status];

/** "12 days", or the year it ends. */
function untilWords({ notAfter }: ChainLink, now: Date): string {
  const days = daysUntil(notAfter, now);
  return days >= 0 && days <= nearDays ? t('dates.days', { count: days }) : String(toDate(notAfter).getFullYear());
}

const verdicts = {
  valid: 'certificate.chain.not-revoked',
  revoked: 'certificate.chain.revoked',
  expired: 'certificate.chain.ended',
  'not-yet-valid': 'certificate.chain.not-yet',
  'on-hold': 'certificate.chain.on-hold',
} as const satisfies Readonly<Record<ChainLink['status'], string>>;

/** What the calendar and the lists say of it stands in its status already. */
const saidByStatus: readonly string[] = ['path.revoked', 'path.expired', 'path.not-yet-valid'];

function reasonsOf({ chain, validation }: CertificateDetails, index: number): readonly ChainReason[] {
  const link = chain[index];
  if (link === undefined) return [];
  const { path, findings } = validation;
  const sha256 = path[chain.length - 1 - index];
  const wrong = findings
    .filter(({ certificate, code }) => certificate === sha256 && !saidByStatus.includes(code))
    .map(({ code, details }): ChainReason => ({ holds: false, text: wordError(code, details, errorMessages).text }));
  if (wrong.length > 0) return wrong;
  // A root is on nobody's list; that it is not revoked would say nothing.
  if (link.kind === 'root' && link.status === 'valid') return [signedBy(undefined, link.isOurs)];
  // Of what another authority issued no list of revoked certificates is here.
  const isListed = chain[index - 1]?.isOurs ?? link.isOurs;
  if (!isListed && link.status === 'valid') return [signedBy(chain[index - 1], link.isOurs)];
  return [signedBy(chain[index - 1], link.isOurs), { holds: link.status === 'valid', text: t(verdicts[link.status]) }];
}

function signedBy(above: ChainLink | undefined, isOurs: boolean): ChainReason {
  if (above === undefined) return { holds: true, text: t(isOurs ? 'certificate.chain.root-reason' : 'certificate.chain.elsewhere-reason') };
  return { holds: true, text: <Sentence of="certificate.chain.signed" with={{ above: <PersonName name={above.name} /> }} /> };
}
