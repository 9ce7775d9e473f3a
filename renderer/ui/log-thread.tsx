import { useCallback, useMemo, type KeyboardEvent, type ReactNode } from 'react';
import { formatWeekday } from '../i18n/dates.ts';
import { t } from '../i18n/translate.ts';
import { useNow } from './clock.tsx';
import { DateText } from './date-text.tsx';
import { entryFrom, withDays, type LogEntry, type LogRow } from './log-entry.ts';
import { rowAfter } from './row-after.ts';
import { useRowFocus } from './use-row-focus.ts';
import styles from './log-thread.module.css';

export interface LogThreadProps {
  readonly label: string;
  /** In the order they are shown. */
  readonly entries: readonly LogEntry[];
  readonly openId?: string;
  readonly onOpen: (id: string) => void;
  /** How many there are with those not loaded yet. */
  readonly total?: number;
  readonly onNearEnd?: () => void;
  readonly empty?: ReactNode;
}

const heights = { day: 33, entry: 46 } as const;

/** A log as a thread of days. Arrows move from entry to entry, Enter opens one. Quick however long it is. */
export function LogThread({ label, entries, openId, onOpen, total = entries.length, onNearEnd, empty }: LogThreadProps) {
  const rows = useMemo(() => withDays(entries), [entries]);
  const keyOf = useCallback((index: number) => keyOfRow(rows[index]), [rows]);
  const heightOf = (index: number) => ('day' in (rows[index] ?? {}) ? heights.day : heights.entry);
  const { scroller, virtual, active, setActive, focusRow } = useRowFocus({ count: rows.length, heightOf, keyOf, onNearEnd });
  const place = entryFrom(rows, active, 1);
  const pressed = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? heights.entry) / heights.entry) - 2);
    const next = rowAfter(event.key, place, rows.length, page);
    const row = rows[place];
    if (next !== undefined) focusRow(entryFrom(rows, next, next < place ? -1 : 1));
    else if (event.key === 'Enter' && row !== undefined && 'entry' in row) onOpen(row.entry.id);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.log} role="grid" aria-label={label} aria-rowcount={total} aria-readonly tabIndex={-1} onKeyDown={pressed}>
      <div ref={scroller} className={styles.scroller} role="rowgroup">
        <div className={styles.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const at = { index, start };
            return 'day' in row ? (
              <DayRow key={keyOf(index)} day={row.day} {...at} />
            ) : (
              <EntryRow
                key={keyOf(index)}
                entry={row.entry}
                isActive={index === place}
                isOpen={row.entry.id === openId}
                onActive={setActive}
                onOpen={onOpen}
                {...at}
              />
            );
          })}
        </div>
        {entries.length === 0 && (
          <div className={styles.empty} role="row">
            <div role="gridcell">{empty ?? t('table.empty')}</div>
          </div>
        )}
      </div>
    </div>
  );
}

function keyOfRow(row: LogRow | undefined): string {
  if (row === undefined) return '';
  return 'day' in row ? `day ${String(row.day)}` : row.entry.id;
}

interface PlacedRow {
  readonly index: number;
  readonly start: number;
}

function DayRow({ day, start }: PlacedRow & { readonly day: LogEntry['time'] }) {
  const now = useNow();
  const words = formatWeekday(day, now);
  const isToday = formatWeekday(now, now) === words;
  return (
    <div className={styles.day} role="row" style={{ transform: `translateY(${start}px)` }}>
      <span role="rowheader">{isToday ? `${t('dates.today')}, ${words}` : words}</span>
    </div>
  );
}

interface EntryRowProps extends PlacedRow {
  readonly entry: LogEntry;
  readonly isActive: boolean;
  readonly isOpen: boolean;
  readonly onActive: (index: number) => void;
  readonly onOpen: (id: string) => void;
}

function EntryRow({ entry, index, start, isActive, isOpen, onActive, onOpen }: EntryRowProps) {
  return (
    // Keys are heard by the list.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      className={styles.row}
      role="row"
      aria-selected={isOpen}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      style={{ transform: `translateY(${start}px)` }}
      onFocus={() => onActive(index)}
      onClick={() => onOpen(entry.id)}
    >
      <span className={styles.time} role="gridcell">
        <DateText of={entry.time} as="time" />
      </span>
      <span className={styles.disc} data-tone={entry.tone} aria-hidden>
        <entry.icon size={15} stroke={1.75} />
      </span>
      <span className={styles.words} role="gridcell">
        <span className={styles.title}>{entry.title}</span>
        <span className={styles.who}>{entry.who}</span>
      </span>
      <span className={styles.number} role="gridcell">
        {entry.number}
      </span>
    </div>
  );
}
