import type { LostToken } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { ActionButton } from '../../ui/action-button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from './card-names.ts';
import styles from './lost-panel.module.css';

export interface LostPanelProps {
  readonly lost: readonly LostToken[];
  readonly onTakeBack: (token: string) => void;
}

/** Cards that are gone, and the way back for one that was found. */
export function LostPanel({ lost, onTakeBack }: LostPanelProps) {
  if (lost.length === 0) return null;
  return (
    <Panel title={t('lost-cards.title')}>
      <ul className={styles.list}>
        {lost.map((card) => (
          <li key={card.token} className={styles.card}>
            <StatusText state="stopped" isSentence>
              <Line card={card} />
            </StatusText>
            <Permitted call="tokens.takeBack">
              <ActionButton
                size="row"
                onClick={() => onTakeBack(card.token)}
                label={`${t('lost-cards.take-back')}: ${cardEnding({ serialNumber: card.token })}`}
              >
                {t('lost-cards.take-back')}
              </ActionButton>
            </Permitted>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Line({ card: { token, personName, lostAt } }: { readonly card: LostToken }) {
  const shown = { ending: cardEnding({ serialNumber: token }), when: <DateText of={lostAt} as="ago" /> };
  if (personName === null) return <Sentence of="lost-cards.line-nobody" with={shown} />;
  return <Sentence of="lost-cards.line" with={{ ...shown, name: <PersonName name={personName} /> }} />;
}
