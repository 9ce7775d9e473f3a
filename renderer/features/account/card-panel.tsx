import { useState } from 'react';
import { formatDay } from '../../i18n/dates.ts';
import { t } from '../../i18n/translate.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useNow } from '../../ui/clock.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { AddCardDialog } from './add-card-dialog.tsx';
import styles from './account.module.css';

/** The cards that sign in whoever is signed in. */
export function CardPanel() {
  const query = useQuery('account.cards', {});
  const [isAdding, setAdding] = useState(false);
  if (query.data === undefined) return query.error === undefined ? null : <ErrorNotice error={query.error} />;
  const { cards } = query.data;
  return (
    <Panel title={t('account.cards')}>
      <div className={styles.rows}>
        <div className={styles.line}>
          <div className={styles.words}>
            <p>{t('account.cards-line')}</p>
            {cards.length === 0 && <p className={styles.quiet}>{t('account.no-card')}</p>}
          </div>
          <ActionButton onClick={() => setAdding(true)}>{t('account.add-card')}</ActionButton>
        </div>
        {cards.map((card) => (
          <CardLine key={card.token} {...card} />
        ))}
      </div>
      {isAdding && <AddCardDialog known={cards.map(({ token }) => token)} onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function CardLine({ token, since }: { readonly token: string; readonly since: string }) {
  const now = useNow();
  const remove = useCommand('account.removeCard');
  const announce = useAnnounce();
  const ending = cardEnding({ serialNumber: token });
  const act = async () => {
    if ((await remove.run({ token })) !== undefined) announce(t('add-card.removed', { ending }));
  };
  return (
    <div className={styles.line}>
      <div className={styles.words}>
        <StatusText state="fine" isSentence>
          {t('account.card', { ending, day: formatDay(since, now) })}
        </StatusText>
        {remove.error !== undefined && <ErrorNotice error={remove.error} />}
      </div>
      <ActionButton isWorking={remove.isRunning} onClick={() => void act()}>
        {t('account.remove-card', { ending })}
      </ActionButton>
    </div>
  );
}
