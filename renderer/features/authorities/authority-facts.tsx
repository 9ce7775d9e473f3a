import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { formatDistance } from '../../i18n/dates.ts';
import { formatNumber, t } from '../../i18n/translate.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { useNow } from '../../ui/clock.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Folded } from '../../ui/folded.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { ValidityLine } from '../../ui/validity-line.tsx';
import { momentWords } from '../revoke/effects.ts';
import { domainWords, keyWords } from './authority-words.ts';

interface AuthorityFactsProps {
  readonly authority: AuthoritySummary;
  /** Absent for a root, which signs itself. */
  readonly signer: AuthoritySummary | undefined;
}

/** What is on record of an authority. */
export function AuthorityFacts({ authority, signer }: AuthorityFactsProps) {
  return (
    <>
      <Facts termWidth={190} rows={factsOf(authority, signer)} />
      <Folded title={t('authorities.fingerprint')}>
        <CopyText text={authority.sha256} label={t('authorities.fingerprint')} isMono />
      </Folded>
    </>
  );
}

function SignedBy({ authority, signer }: AuthorityFactsProps) {
  if (signer !== undefined) return <PersonName name={signer.name} />;
  if (authority.signer === null) return t('authorities.signed-by.itself');
  return <Sentence of="authorities.signed-by.outside" with={{ name: <PersonName name={authority.signer} /> }} />;
}

function factsOf(authority: AuthoritySummary, signer: AuthoritySummary | undefined) {
  const { notBefore, notAfter, latestList, publishUrl, ocspUrl, mailDomains } = authority;
  return [
    {
      term: t('authorities.signed-by'),
      value: <SignedBy authority={authority} signer={signer} />,
    },
    { term: t('authorities.until'), value: <ValidityLine from={notBefore} until={notAfter} /> },
    { term: t('authorities.domains'), value: domainWords(mailDomains) },
    { term: t('authorities.key'), value: keyWords(authority) },
    { term: t('authorities.list'), value: <LatestList list={latestList} isOffline={authority.keyStore === 'offline'} /> },
    { term: t('authorities.address'), value: publishUrl ?? t('authorities.address.none') },
    { term: t('authorities.ocsp'), value: ocspUrl ?? t('authorities.ocsp.none') },
  ];
}

interface LatestListProps {
  readonly list: AuthoritySummary['latestList'];
  readonly isOffline: boolean;
}

function LatestList({ list, isOffline }: LatestListProps) {
  const now = useNow();
  if (list === null) return t('authorities.list.none');
  const isInForce = new Date(list.nextUpdate) > now;
  const lines = [
    t('authorities.list.made', { number: formatNumber(list.number), when: momentWords(list.thisUpdate, now) }),
    t('authorities.list.entries', { count: list.entries }),
    isInForce
      ? t(isOffline ? 'authorities.list.due-offline' : 'authorities.list.due', { when: momentWords(list.nextUpdate, now) })
      : t('authorities.list.overdue', { when: formatDistance(list.nextUpdate, now) }),
  ];
  return lines.map((line) => <div key={line}>{line}</div>);
}
