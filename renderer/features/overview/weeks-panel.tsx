import type { Overview } from '../../../main/contract/reports.ts';
import { t } from '../../i18n/translate.ts';
import { useGo } from '../../state/navigation.ts';
import { Panel } from '../../ui/panel.tsx';
import { WeekBars } from '../../ui/week-bars.tsx';
import styles from './weeks-panel.module.css';

/** What ends in each of the next thirteen weeks. */
export function WeeksPanel({ endings }: Pick<Overview, 'endings'>) {
  const go = useGo();
  const weeks = endings.map(({ week, count }) => ({ start: week, count }));
  if (weeks.every(({ count }) => count === 0)) {
    return (
      <Panel title={t('overview.weeks')} hint={t('overview.weeks-hint')}>
        <p className={styles.none}>{t('overview.weeks-none')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('overview.weeks')} hint={t('overview.weeks-hint')}>
      <WeekBars label={t('overview.weeks')} weeks={weeks} onOpen={() => go({ name: 'people', filter: 'everyone', sort: 'ends' })} />
    </Panel>
  );
}
