import { useState } from 'react';
import type { PersonCard } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TwoLines } from '../../ui/two-lines.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { SetPinDialog } from '../cards/set-pin-dialog.tsx';
import { useCards } from '../cards/use-cards.ts';
import styles from '../../ui/panel-list.module.css';

/** The cards that somebody's keys are on; the PIN of one that is in a reader can be changed. Nothing where they have none. */
export function OwnCardsPanel({ cards }: { readonly cards: readonly PersonCard[] }) {
  const { data } = useCards();
  const [changing, setChanging] = useState<string>();
  if (cards.length === 0) return null;
  const isIn = (serialNumber: string) => data?.tokens.some((token) => token.serialNumber === serialNumber) ?? false;
  return (
    <Panel title={t('own.cards')} isFlush>
      <ul className={styles.list}>
        {cards.map(({ serialNumber, lostAt }) => {
          const ending = cardEnding({ serialNumber });
          return (
            <li key={serialNumber} className={styles.row}>
              <TwoLines first={t('own.card-name', { ending })} second={<Where isIn={isIn(serialNumber)} isLost={lostAt !== null} />} />
              {isIn(serialNumber) && lostAt === null && (
                <ActionButton size="row" label={t('own.change-pin-of', { ending })} onClick={() => setChanging(serialNumber)}>
                  {t('own.change-pin')}
                </ActionButton>
              )}
            </li>
          );
        })}
      </ul>
      {changing !== undefined && <SetPinDialog serialNumber={changing} by="change" onClose={() => setChanging(undefined)} />}
    </Panel>
  );
}

function Where({ isIn, isLost }: { readonly isIn: boolean; readonly isLost: boolean }) {
  if (isLost) return <StatusText state="stopped">{t('own.card-lost')}</StatusText>;
  return <StatusText state={isIn ? 'fine' : 'waiting'}>{t(isIn ? 'own.card-in' : 'own.card-out')}</StatusText>;
}
