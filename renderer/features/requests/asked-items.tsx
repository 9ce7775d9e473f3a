import type { RequestPreview } from '../../../main/contract/requests.ts';
import { t } from '../../i18n/translate.ts';
import { StatusText } from '../../ui/status-text.tsx';
import { Tag } from '../../ui/tag.tsx';
import styles from './request-dialog.module.css';

type Item = RequestPreview['items'][number];

const states = { kept: 'fine', replaced: 'soon', dropped: 'ended' } as const satisfies Readonly<Record<Item['fate'], string>>;

/** Everything a request asks for, and what becomes of it. */
export function AskedItems({ items }: Pick<RequestPreview, 'items'>) {
  return (
    <section className={styles.asked} aria-label={t('request.asked')}>
      <h3 className={styles.heading}>{t('request.asked')}</h3>
      <ul className={styles.items}>
        {items.map((item) => (
          <li key={`${item.name} ${item.asked}`} className={styles.item}>
            <span className={styles.wanted}>
              <bdi>{item.asked === '' ? t('request.asked-for-it') : item.asked}</bdi> <Tag>{item.name}</Tag>
            </span>
            <StatusText state={states[item.fate]}>{fateWords(item)}</StatusText>
          </li>
        ))}
      </ul>
    </section>
  );
}

const fateWords = ({ fate, made }: Item): string =>
  fate === 'replaced' && made !== null && made !== '' ? t('request.fate.replaced-by', { made }) : t(`request.fate.${fate}`);
