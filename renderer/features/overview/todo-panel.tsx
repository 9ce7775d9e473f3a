import type { TodoItem } from '../../../main/contract/reports.ts';
import { formatDistance } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { useMayOpen } from '../../shell/navigation.ts';
import { useGo } from '../../state/navigation.ts';
import { useMay } from '../../state/role.ts';
import { useNow } from '../../ui/clock.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { StatusText } from '../../ui/status-text.tsx';
import { TodoList } from '../../ui/todo-list.tsx';
import { TodoRow } from '../../ui/todo-row.tsx';
import { cardEnding } from '../cards/card-names.ts';
import { wordsFor } from './todo-words.ts';

export interface TodoPanelProps {
  readonly todo: readonly TodoItem[];
  /** The lists of revoked certificates are made and saved here, without leaving the page. */
  readonly onSaveLists: () => void;
}

/** What needs somebody, most urgent first. */
export function TodoPanel({ todo, onSaveLists }: TodoPanelProps) {
  if (todo.length === 0) {
    return (
      <Panel>
        <StatusText state="fine" size={18} isSentence>
          <strong>{t('overview.all-well')}</strong> {t('overview.all-well-why')}
        </StatusText>
      </Panel>
    );
  }
  return (
    <TodoList label={t('overview.todo')}>
      {todo.map((item, index) => (
        <Todo key={keyOf(item)} item={item} isMostUrgent={index === 0} onSaveLists={onSaveLists} />
      ))}
    </TodoList>
  );
}

const keyOf = ({ kind, personId, job, name, rule, token }: TodoItem): string => [kind, personId, job, name, rule, token].join(' ');

/** Their date is when it began. */
const hasNoEnd: ReadonlySet<TodoItem['kind']> = new Set([
  'stopped',
  'held',
  'sink-down',
  'backup-failed',
  'backup-old',
  'backup-none',
  'alarm',
]);

interface TodoProps {
  readonly item: TodoItem;
  readonly isMostUrgent: boolean;
  readonly onSaveLists: () => void;
}

function Todo({ item, isMostUrgent, onSaveLists }: TodoProps) {
  const now = useNow();
  const go = useGo();
  const mayOpen = useMayOpen();
  const may = useMay();
  const { state, sentence, why, action, label, to } = wordsFor(item, now);
  const isTheirs = to === undefined ? may('authorities.publish') : mayOpen(to.name);
  const ending = item.token === undefined ? '' : cardEnding({ serialNumber: item.token });
  const values = {
    count: item.count,
    name: item.name === null ? '' : <PersonName name={item.name} />,
    ago: item.due === null ? '' : <DateText of={item.due} as="ago" />,
    distance: item.due === null ? '' : formatDistance(item.due, now),
    ending,
  };
  const name = label === undefined ? {} : { label: t(label, { name: item.name ?? '', count: item.count, ending }) };
  return (
    <TodoRow
      state={state}
      sentence={<Sentence of={sentence} with={values} />}
      why={t(why)}
      {...(item.due === null || hasNoEnd.has(item.kind) ? {} : { due: <DateText of={item.due} as="short" /> })}
      {...(isTheirs ? { action: { text: t(action), onClick: () => (to === undefined ? onSaveLists() : go(to)), ...name } } : {})}
      isMostUrgent={isMostUrgent}
    />
  );
}
