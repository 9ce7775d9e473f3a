import { formatFullDay, type Instant } from '../i18n/dates.ts';
import { t } from '../i18n/translate.ts';
import { useNow } from './clock.tsx';
import { standingAt } from './standing.ts';
import { placeOn, yearStarts, type TimeScale } from './time-scale.ts';
import styles from './validity-bar.module.css';

/**
 * `current`: in use, pale while gone and solid while left. `kept`: ended, but its key still opens old mail.
 * `next`: planned. `stopped`: revoked before its end.
 */
export type SpanKind = 'current' | 'kept' | 'next' | 'stopped';

export interface ValiditySpan {
  readonly kind: SpanKind;
  readonly from: Instant;
  readonly until: Instant;
  /** What it is, for screen readers; shown inside the bar where it is outlined and long enough. */
  readonly words: string;
}

export interface ValidityBarProps {
  readonly scale: TimeScale;
  readonly spans: readonly ValiditySpan[];
}

/** Validity on a shared time axis: the solid part is the time left. A line is today. */
export function ValidityBar({ scale, spans }: ValidityBarProps) {
  const now = useNow();
  const label = spans
    .map((span) => t('validity.span', { label: span.words, from: formatFullDay(span.from), to: formatFullDay(span.until) }))
    .join('. ');
  return (
    <div className={styles.bar} role="img" aria-label={label}>
      {yearStarts(scale).map((year) => (
        <i key={year.getTime()} className={styles.tick} style={{ insetInlineStart: `${placeOn(scale, year)}%` }} />
      ))}
      {spans.map((span) => (
        <Span key={`${span.kind} ${String(span.from)}`} span={span} scale={scale} now={now} />
      ))}
      <i className={styles.today} style={{ insetInlineStart: `${placeOn(scale, now)}%` }} />
    </div>
  );
}

interface SpanProps {
  readonly span: ValiditySpan;
  readonly scale: TimeScale;
  readonly now: Date;
}

/** Below this share of the scale words do not fit inside. */
const roomForWords = 14;

function Span({ span, scale, now }: SpanProps) {
  const [start, end] = [placeOn(scale, span.from), placeOn(scale, span.until)];
  const gone = Math.max(0, Math.min(end, placeOn(scale, now)) - start);
  const isOutlined = span.kind === 'kept' || span.kind === 'next';
  const share = end === start ? 100 : (100 * gone) / (end - start);
  return (
    <span
      className={styles.span}
      data-kind={span.kind}
      data-standing={span.kind === 'stopped' ? 'stopped' : standingAt(span.until, now)}
      style={{ insetInlineStart: `${start}%`, width: `${end - start}%`, '--gone': `${share}%` }}
    >
      {isOutlined && end - start >= roomForWords && span.words}
    </span>
  );
}
