import type { ReaderHealth } from '../../../main/contract/tokens.ts';
import { t } from '../../i18n/translate.ts';
import { Panel } from '../../ui/panel.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import type { State } from '../../ui/status.ts';
import { cardEnding } from './card-names.ts';
import styles from './drivers-panel.module.css';

/** The readers: those with a good card quietly, the others with what to do. */
export function ReadersPanel({ readers }: { readonly readers: readonly ReaderHealth[] }) {
  if (readers.length === 0) return null;
  return (
    <Panel title={t('readers.title')}>
      <ul className={styles.list}>
        {readers.map((reader) => (
          <Reader key={reader.reader ?? ''} {...reader} />
        ))}
      </ul>
    </Panel>
  );
}

function Reader({ reader, token, error }: ReaderHealth) {
  const isEmpty = error?.code === 'token.absent';
  return (
    <li className={styles.driver}>
      <span className={styles.shape}>
        <StatusShape state={stateOf(reader, error)} size={18} />
      </span>
      <div className={styles.words}>
        <p className={styles.name}>{reader === null ? t('readers.none') : <bdi>{reader}</bdi>}</p>
        {isEmpty && <p className={styles.text}>{t('readers.empty')}</p>}
        {error === null && <p className={styles.text}>{t('readers.fine', { ending: cardEnding({ serialNumber: token ?? '' }) })}</p>}
        {error !== null && !isEmpty && (
          <p className={styles.text}>
            {error.message} {error.hint}
          </p>
        )}
      </div>
    </li>
  );
}

/** An empty reader is nobody's fault; nor is it that readers cannot be asked where cards are seen all the same. */
function stateOf(reader: string | null, error: ReaderHealth['error']): State {
  if (error === null) return 'fine';
  if (reader === null) return 'unknown';
  return error.code === 'token.absent' ? 'waiting' : 'stopped';
}
