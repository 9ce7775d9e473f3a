import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { t } from '../../i18n/translate.ts';
import { useNow } from '../../ui/clock.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import styles from './authorities-screen.module.css';

/** A key that is offline has to sign a list: that it has, and how. */
export function OwedList({ authority: { latestList } }: { readonly authority: AuthoritySummary }) {
  const now = useNow();
  const isInForce = latestList !== null && new Date(latestList.nextUpdate) > now;
  return (
    <div className={styles.owed}>
      <StatusText state={isInForce ? 'soon' : 'stopped'} isSentence>
        {t(isInForce ? 'authorities.owed' : 'authorities.owed-over')}
      </StatusText>
      <p className={styles.kind}>{t('authorities.owed-do')}</p>
    </div>
  );
}
