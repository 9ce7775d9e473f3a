import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { Notice } from '../../ui/notice.tsx';

/** Says before keys are made what kind they are, where the practice's mail programs decide that. */
export function SteeredNotice() {
  const { data } = useQuery('enrollment.algorithm', {});
  if (data === undefined || data.because.length === 0) return null;
  return (
    <Notice state="waiting" title={t('enrol.steered', { algorithm: data.algorithm.toUpperCase() })}>
      {t('enrol.steered-text', { programs: data.because.join(', '), wished: data.wished.toUpperCase() })}
    </Notice>
  );
}
