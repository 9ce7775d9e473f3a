import type { ReactNode } from 'react';
import { wordError } from '../../main/domain/locale/word-error.ts';
import { AppError } from '../../main/domain/errors.ts';
import { errorMessages } from '../i18n/locale.ts';
import { t } from '../i18n/translate.ts';
import { Notice } from './notice.tsx';
import styles from './error-notice.module.css';

export interface ErrorNoticeProps {
  /** What a call was refused or failed with. Anything but an `AppError` is worded as `internal`. */
  readonly error: unknown;
  readonly action?: ReactNode;
}

/** Words an error by its code and details. */
export function wordingOf(error: unknown): { readonly text: string; readonly hint: string } {
  return error instanceof AppError ? wordError(error.code, error.details, errorMessages) : wordError('internal', {}, errorMessages);
}

function traceIdOf(error: unknown): string | undefined {
  if (!(error instanceof AppError) || error.code !== 'internal' || !('traceId' in error)) return undefined;
  return String(error.traceId);
}

/** Nothing went wrong: it was asked for, and waits for somebody. */
const isWaiting = (error: unknown): boolean => error instanceof AppError && error.code === 'approval.required';

/** What went wrong and what to do next. */
export function ErrorNotice({ error, action }: ErrorNoticeProps) {
  const { text, hint } = wordingOf(error);
  const traceId = traceIdOf(error);
  if (isWaiting(error))
    return (
      <Notice state="waiting" title={text} action={action} live="polite">
        {hint}
      </Notice>
    );
  return (
    <Notice state="stopped" title={text} action={action} live="assertive">
      {hint}
      {traceId !== undefined && <span className={styles.trace}>{t('window.trace', { traceId })}</span>}
    </Notice>
  );
}
