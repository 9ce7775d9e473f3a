import type { JobError } from '../../../main/contract/enrollment.ts';
import { t } from '../../i18n/translate.ts';
import { CardPicture } from '../../ui/card-picture.tsx';
import styles from './card-sheet.module.css';

export interface NoCardProps {
  readonly sight: 'ready' | 'blind' | 'none';
  /** What the readers say, where the drivers work. */
  readonly error: JobError | null;
}

/** No card is in: what to bring, or why none could be seen. */
export function NoCard({ sight, error }: NoCardProps) {
  return (
    <section className={styles.sheet} aria-label={t('no-card.name')}>
      <div className={styles.hero}>
        <CardPicture isMissing name={t('no-card.name')} />
        <div className={styles.words}>
          <h2 className={styles.title}>{error?.message ?? t(`no-card.${sight}`)}</h2>
          <p className={styles.lead}>{error?.hint ?? t(`no-card.${sight}-text`)}</p>
        </div>
      </div>
    </section>
  );
}
