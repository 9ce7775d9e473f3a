import { ReplyError } from '../contract/client.ts';
import { AppError, type ErrorReply } from '../domain/errors.ts';
import { wordError, type ErrorLocale } from '../domain/locale/word-error.ts';

/** What the services answered as it is; our own refusals with their hint; anything else without its text. */
export function asReply(error: unknown, locale: ErrorLocale): ErrorReply {
  if (error instanceof ReplyError)
    return { code: error.code, message: error.message, hint: error.hint, details: error.details, traceId: error.traceId };
  const known = error instanceof AppError ? error : new AppError('internal', '', {});
  const { text: sentence, hint } = wordError(known.code, known.details, locale);
  return { code: known.code, message: known.message === '' ? sentence : known.message, hint, details: known.details, traceId: '' };
}
