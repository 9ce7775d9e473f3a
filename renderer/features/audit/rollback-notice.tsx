import { useState } from 'react';
import type { RollbackStanding } from '../../../main/contract/audit.ts';
import { formatFullDay } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ExplainDialog } from './explain-dialog.tsx';

/** That the log may have been put back to an earlier time, until somebody explains it; nothing while nothing is suspected. */
export function RollbackNotice() {
  const { data, reload } = useQuery('audit.checkKept', {}, { isStill: true });
  const [isExplaining, setExplaining] = useState(false);
  if (data === undefined) return null;
  if (data.suspicion === null) return data.unreachable === null ? null : <Unreachable folder={data.folder} />;
  const done = () => {
    setExplaining(false);
    void reload();
  };
  const explain = (
    <Permitted call="audit.explainRollback">
      <ActionButton onClick={() => setExplaining(true)}>{t('rollback.explain')}</ActionButton>
    </Permitted>
  );
  return (
    <>
      <Notice state="stopped" title={t('rollback.title')} action={explain} live="assertive">
        {suspicionWords(data.suspicion)} {t('rollback.remedy')}
      </Notice>
      {isExplaining && <ExplainDialog onClose={() => setExplaining(false)} onDone={done} />}
    </>
  );
}

/** What was suspected and explained, for ever. */
export function ExplainedRollbacks() {
  const { data } = useQuery('audit.checkKept', {}, { isStill: true });
  return (data?.explained ?? []).map((one) => (
    <Notice key={one.time} state="waiting" title={t('rollback.explained', { day: formatFullDay(one.time), operator: one.operator })}>
      {suspicionWords(one)} <bdi>{t('rollback.explanation', { explanation: one.explanation })}</bdi>
    </Notice>
  ));
}

function Unreachable({ folder }: { readonly folder: string | null }) {
  return (
    <Notice state="waiting" title={t('rollback.unreachable')}>
      {t('rollback.unreachable-text', { folder: folder ?? '' })}
    </Notice>
  );
}

const suspicionWords = ({ kind, size, entries }: NonNullable<RollbackStanding['suspicion']>): string =>
  t(`rollback.${kind}`, { size, entries });
