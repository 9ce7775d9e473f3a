import type { OutputFor } from '../../api.ts';
import { formatFullDay, formatTime } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { Notice } from '../../ui/notice.tsx';

type Proof = OutputFor<'audit.checkpointProofs'>['proofs'][number];

/** The newest time-stamp of a total of the log, and every one that does not hold. */
export function TimeStamps() {
  const { data } = useQuery('audit.checkpointProofs', {}, { isStill: true });
  const proofs = data?.proofs ?? [];
  const newest = proofs.findLast(({ holds }) => holds);
  return (
    <>
      {proofs
        .filter(({ holds }) => !holds)
        .map((proof) => (
          <Notice key={proof.at} state="stopped" title={t('time-stamp.broken', { count: proof.size })}>
            {t('time-stamp.broken-text')}
          </Notice>
        ))}
      {newest !== undefined && <Stamped proof={newest} />}
    </>
  );
}

const Stamped = ({ proof: { time, at, size, source, authority } }: { readonly proof: Proof }) => (
  <Notice state="fine" title={t('time-stamp.holds', { count: size, day: formatFullDay(time ?? at), time: formatTime(time ?? at) })}>
    <bdi>{t('time-stamp.holds-text', { source, authority })}</bdi>
  </Notice>
);
