import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import { t } from '../../i18n/translate.ts';
import { useNow } from '../../ui/clock.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { actIcons, type OnAct } from './authority-act.ts';
import styles from './authorities-screen.module.css';

/** A key that is offline or on a card has to sign a list: that it has, and how. */
export function OwedList({ authority, onAct }: { readonly authority: AuthoritySummary; readonly onAct: OnAct }) {
  const { name, latestList, keyToken } = authority;
  const now = useNow();
  const isInForce = latestList !== null && new Date(latestList.nextUpdate) > now;
  return (
    <div className={styles.owed}>
      <StatusText state={isInForce ? 'soon' : 'stopped'} isSentence>
        {t(isInForce ? 'authorities.owed' : 'authorities.owed-over')}
      </StatusText>
      <p className={styles.kind}>{t(keyToken === null ? 'authorities.owed-do' : 'authorities.owed-do-token')}</p>
      {keyToken === null && (
        <div className={styles.actions}>
          {(['add-list', 'bring-back'] as const).map((act) => (
            <ActionButton
              key={act}
              size="row"
              icon={actIcons[act]}
              label={t(`authority-act.${act}-of`, { name })}
              onClick={() => onAct(act, authority)}
            >
              {t(`authority-act.${act}`)}
            </ActionButton>
          ))}
        </div>
      )}
    </div>
  );
}
