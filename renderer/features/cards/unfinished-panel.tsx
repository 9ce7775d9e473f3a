import type { UnfinishedOnToken } from '../../../main/contract/tokens.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { DateText } from '../../ui/date-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { cardEnding } from './card-names.ts';
import styles from './drivers-panel.module.css';

/** What was begun on cards that are not in, and how it is finished. */
export function UnfinishedPanel({ unfinished }: { readonly unfinished: readonly UnfinishedOnToken[] }) {
  if (unfinished.length === 0) return null;
  return (
    <Panel title={t('unfinished.title')}>
      <ul className={styles.list}>
        {unfinished.map((begun) => (
          <li key={`${begun.token} ${begun.begunAt}`}>
            <Begun begun={begun} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Begun({ begun: { token, personName, authority, begunAt } }: { readonly begun: UnfinishedOnToken }) {
  const shown = { ending: cardEnding({ serialNumber: token }), when: <DateText of={begunAt} as="ago" /> };
  return (
    <StatusText state="soon" isSentence>
      {authority !== null ? (
        <Sentence of="unfinished.line-authority" with={{ ...shown, name: <PersonName name={authority} /> }} />
      ) : personName === null ? (
        <Sentence of="unfinished.line-nobody" with={shown} />
      ) : (
        <Sentence of="unfinished.line" with={{ ...shown, name: <PersonName name={personName} /> }} />
      )}
    </StatusText>
  );
}
