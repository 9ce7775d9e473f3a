import type { ReactNode } from 'react';
import { t } from '../i18n/translate.ts';
import type { Query } from '../state/use-query.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import styles from './answer-of.module.css';

export interface AnswerOfProps<Output> {
  readonly query: Query<Output>;
  readonly children: (data: Output) => ReactNode;
}

/** What a query answered: a quiet word while it is asked first, why it failed with a way to ask again, or the screen. */
export function AnswerOf<Output>({ query, children }: AnswerOfProps<Output>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== undefined) {
    return (
      <div className={styles.error}>
        <ErrorNotice
          error={query.error}
          action={<ActionButton onClick={() => void query.reload()}>{t('window.try-again')}</ActionButton>}
        />
      </div>
    );
  }
  return (
    <p className={styles.moment} aria-busy>
      {t('window.loading')}
    </p>
  );
}
