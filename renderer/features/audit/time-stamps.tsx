import type { OutputFor } from '../../api.ts';
import { formatFullDay, formatTime } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { Notice } from '../../ui/notice.tsx';

type Proof = OutputFor<'audit.checkpointProofs'>['proofs'][number];

/** The newest time-stamp of a total of the log, what each witness signed last, and every one of them that does not hold. */
export function TimeStamps() {
  const { data } = useQuery('audit.checkpointProofs', {}, { isStill: true });
  const proofs = data?.proofs ?? [];
  return (
    <>
      {proofs
        .filter(({ holds }) => !holds)
        .map((proof) => (
          <Notice key={`${proof.at} ${proof.source}`} state="stopped" title={brokenWords(proof)}>
            {t('time-stamp.broken-text')}
          </Notice>
        ))}
      {newestOfEach(proofs.filter(({ holds }) => holds)).map((proof) => (
        <Good key={`${proof.kind} ${proof.authority}`} proof={proof} />
      ))}
    </>
  );
}

/** One time-stamp is enough; witnesses do not stand for each other. */
const newestOfEach = (proofs: readonly Proof[]): Proof[] => [
  ...new Map(proofs.map((proof) => [proof.kind === 'cosignature' ? proof.authority : '', proof])).values(),
];

const brokenWords = ({ kind, size }: Proof): string =>
  t(kind === 'cosignature' ? 'time-stamp.broken-cosignature' : 'time-stamp.broken', { count: size });

function Good({ proof: { kind, time, at, size, source, authority } }: { readonly proof: Proof }) {
  const when = { count: size, day: formatFullDay(time ?? at), time: formatTime(time ?? at) };
  return (
    <Notice state="fine" title={t(kind === 'cosignature' ? 'time-stamp.seen' : 'time-stamp.holds', when)}>
      <bdi>{kind === 'cosignature' ? t('time-stamp.seen-text', { authority }) : t('time-stamp.holds-text', { source, authority })}</bdi>
    </Notice>
  );
}
