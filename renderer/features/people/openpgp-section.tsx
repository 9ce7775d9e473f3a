import { IconKey } from '@tabler/icons-react';
import { useId } from 'react';
import { daysUntil } from '../../i18n/dates.ts';
import { Sentence } from '../../i18n/sentence.tsx';
import { t } from '../../i18n/translate.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { useNow } from '../../ui/clock.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { standingAt } from '../../ui/standing.ts';
import { Tag } from '../../ui/tag.tsx';
import type { TimeScale } from '../../ui/time-scale.ts';
import { ValidityRow } from '../../ui/validity-row.tsx';
import { purposeIcons, spanKinds } from './lane-looks.ts';
import type { OpenPgpLane } from './openpgp-lanes.ts';
import styles from './openpgp-section.module.css';

export interface OpenPgpSectionProps {
  readonly lanes: readonly OpenPgpLane[];
  readonly scale: TimeScale;
  /** Undefined where nothing new is made for the person. */
  readonly onMake: (() => void) | undefined;
  /** As `onMake`. */
  readonly onHandOver: (() => void) | undefined;
}

/** A person's OpenPGP key beside the S/MIME pair, on the same time axis. */
export function OpenPgpSection({ lanes, scale, onMake, onHandOver }: OpenPgpSectionProps) {
  const id = useId();
  const now = useNow();
  const [lane] = lanes;
  const isOver = lane !== undefined && standingAt(lane.current.expiresAt, now) === 'stopped';
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>
          {t('openpgp.title')} <Tag>{t('openpgp.tag')}</Tag>
        </h2>
        {lane !== undefined && onHandOver !== undefined && (
          <span className={styles.action}>
            <LinkButton label={t('openpgp.hand-over-of')} onClick={onHandOver}>
              {t('openpgp.hand-over')}
            </LinkButton>
          </span>
        )}
      </div>
      {lanes.map((shown) => (
        <Lane key={shown.purpose} lane={shown} scale={scale} />
      ))}
      {(lane === undefined || isOver) && <Make isNext={isOver} onMake={onMake} />}
    </section>
  );
}

function Make({ isNext, onMake }: { readonly isNext: boolean; readonly onMake: (() => void) | undefined }) {
  return (
    <div className={styles.none}>
      <p className={styles.words}>{!isNext && t('openpgp.none')}</p>
      {onMake !== undefined && (
        <ActionButton icon={IconKey} onClick={onMake}>
          {t(isNext ? 'openpgp.make-next' : 'openpgp.make')}
        </ActionButton>
      )}
    </div>
  );
}

function Lane({ lane: { purpose, bars, current }, scale }: { readonly lane: OpenPgpLane; readonly scale: TimeScale }) {
  const now = useNow();
  const state = standingAt(current.expiresAt, now);
  return (
    <ValidityRow
      icon={purposeIcons[purpose]}
      title={t(`keys.${purpose}`)}
      detail={t(current.place === 'card' && purpose === 'sign' ? 'openpgp.on-card' : 'openpgp.where')}
      scale={scale}
      spans={bars.map(({ kind, from, to }) => ({ kind: spanKinds[kind], from, until: to, words: t(`keys.${kind}`) }))}
      state={state}
      left={state === 'stopped' ? t('keys.ended') : t('dates.days', { count: daysUntil(current.expiresAt, now) })}
      until={<Sentence of="keys.to" with={{ day: <DateText of={current.expiresAt} as="short" /> }} />}
    />
  );
}
