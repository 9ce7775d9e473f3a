import { t } from '../../i18n/translate.ts';
import { CardPicture } from '../../ui/card-picture.tsx';
import styles from './card-sheet.module.css';

/** No card is in: what to bring, or why none could be seen. */
export function NoCard({ sight }: { readonly sight: 'ready' | 'blind' | 'none' }) {
  return (
    <section className={styles.sheet}>
      <div className={styles.hero}>
        <CardPicture isMissing name={t('no-card.name')} />
        <div className={styles.words}>
          <h2 className={styles.title}>{t(`no-card.${sight}`)}</h2>
          <p className={styles.lead}>{t(`no-card.${sight}-text`)}</p>
        </div>
      </div>
    </section>
  );
}
