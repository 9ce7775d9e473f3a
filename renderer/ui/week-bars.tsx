import { UnstyledButton } from '@mantine/core';
import { daysUntil, formatShortDay, type Instant } from '../i18n/dates.ts';
import { formatNumber, t } from '../i18n/translate.ts';
import { useNow } from './clock.tsx';
import styles from './week-bars.module.css';

export interface WeekBar {
  /** Its Monday. */
  readonly start: Instant;
  readonly count: number;
  /** How many of them are of the second kind, drawn striped on top. */
  readonly striped?: number;
}

export interface WeekBarsProps {
  readonly label: string;
  readonly weeks: readonly WeekBar[];
  /** What the striped ones are. */
  readonly stripedName?: string;
  /** Opens what ends in that week. */
  readonly onOpen?: (week: WeekBar) => void;
}

/** A week is amber when all of it is nearer than this. */
const nearDays = 30;
const lastDay = 6;
const step = 5;

/** What ends, week by week, as a small calendar of bars. */
export function WeekBars({ label, weeks, stripedName = '', onOpen }: WeekBarsProps) {
  const now = useNow();
  const most = Math.max(step, ...weeks.map((week) => week.count));
  const unit = step * Math.ceil(most / step / 3);
  const top = unit * Math.ceil(most / unit);
  const lines = Array.from({ length: top / unit }, (_, index) => unit * (index + 1));
  return (
    <div className={styles.chart}>
      <div className={styles.lines} aria-hidden>
        {lines.map((line) => (
          <span key={line} className={styles.line} style={{ bottom: `${(100 * line) / top}%` }}>
            <span className={styles.number}>{formatNumber(line)}</span>
          </span>
        ))}
      </div>
      <ol className={styles.weeks} aria-label={label}>
        {weeks.map((week) => (
          <li key={String(week.start)} className={styles.week}>
            <Bar
              week={week}
              top={top}
              isNear={daysUntil(week.start, now) + lastDay < nearDays}
              words={wordsOf(week, now, stripedName)}
              onOpen={onOpen}
            />
            <span className={styles.date} aria-hidden>
              {formatShortDay(week.start, week.start)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function wordsOf(week: WeekBar, now: Date, stripedName: string): string {
  const values = { week: formatShortDay(week.start, now), count: week.count, striped: week.striped ?? 0, stripedName };
  return t(week.striped ? 'weeks.week-striped' : 'weeks.week', values);
}

interface BarProps {
  readonly week: WeekBar;
  readonly top: number;
  readonly isNear: boolean;
  readonly words: string;
  readonly onOpen: ((week: WeekBar) => void) | undefined;
}

function Bar({ week, top, isNear, words, onOpen }: BarProps) {
  const drawing = (
    <>
      <span className="sr">{words}</span>
      {week.count > 0 && (
        <span className={styles.count} aria-hidden>
          {formatNumber(week.count)}
        </span>
      )}
      <span className={styles.bar} style={{ height: `max(2px, ${(100 * week.count) / top}%)` }} data-none={week.count === 0} aria-hidden>
        <span className={styles.striped} style={{ height: `${week.count === 0 ? 0 : (100 * (week.striped ?? 0)) / week.count}%` }} />
      </span>
    </>
  );
  if (onOpen === undefined || week.count === 0) {
    return (
      <span className={styles.column} data-near={isNear}>
        {drawing}
      </span>
    );
  }
  return (
    <UnstyledButton className={styles.column} data-near={isNear} onClick={() => onOpen(week)}>
      {drawing}
    </UnstyledButton>
  );
}
