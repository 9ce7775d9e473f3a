import type { PersonHistoryEntry } from '../../../main/contract/people.ts';
import { t } from '../../i18n/translate.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { useGo } from '../../state/navigation.ts';
import { DateText } from '../../ui/date-text.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Thread } from '../../ui/thread.tsx';
import { happenedState, happenedWords } from './happened.ts';

export interface HistoryPanelProps {
  readonly person: string;
  /** Newest first. */
  readonly history: readonly PersonHistoryEntry[];
}

/** The rest is in the audit log. */
const shown = 10;

/** What happened with a person's keys, newest first. */
export function HistoryPanel({ person, history }: HistoryPanelProps) {
  const go = useGo();
  const items = history.slice(0, shown).map((entry) => ({
    id: String(entry.index),
    state: happenedState(entry),
    title: happenedWords(entry),
    who: entry.operator ?? t('person.history-self'),
    time: <DateText of={entry.time} as="moment" />,
  }));
  return (
    <Panel
      title={t('person.history')}
      action={
        <Permitted call="audit.list">
          <LinkButton onClick={() => go({ name: 'audit', person })}>{t('person.history-all')}</LinkButton>
        </Permitted>
      }
    >
      {items.length === 0 ? t('person.history-none') : <Thread label={t('person.history')} items={items} />}
    </Panel>
  );
}
