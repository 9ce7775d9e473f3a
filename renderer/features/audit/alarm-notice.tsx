import { formatFullDay } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useQuery } from '../../state/use-query.ts';
import { Notice } from '../../ui/notice.tsx';

/** Every time somebody opened the escrow alone. It stands above the list whatever that is filtered by. */
export function AlarmNotice() {
  const { data } = useQuery('audit.list', { limit: 1 });
  if (data === undefined || data.alarms.length === 0) return null;
  return (
    <Notice state="stopped" title={t('audit.alarms', { count: data.alarms.length })}>
      {data.alarms.map(({ index, operator, time }) => (
        <span key={index}>
          <bdi>{t('audit.alarm-line', { who: operator ?? '', day: formatFullDay(new Date(time)), number: index })}</bdi>
          <br />
        </span>
      ))}
    </Notice>
  );
}
