import { randomUUID } from 'node:crypto';
import { AppError, type ErrorCode, type ErrorReply } from '../domain/errors.ts';
import { wordError, type ErrorLocale } from '../domain/locale/word-error.ts';

/** What to do about the errors that arise on the way to the core. */
const hints: Readonly<Partial<Record<ErrorCode, string>>> = {
  'input.too-large': 'Use a smaller file, or send it in parts.',
  'store.read-only': 'Choose another folder, or one where you may write.',
  'store.full': 'Free some space, then try again.',
  cancelled: 'Start it again to go on.',
};
const hintOtherwise = 'Try again. If it happens again, report it together with the trace number.';

/**
 * An error outside the services as the window and the command line hear it, with the locale's hint where there is one.
 * What is not an AppError becomes `internal` without its text, which may quote what a person typed.
 */
export function errorReply(error: unknown, locale?: ErrorLocale): ErrorReply {
  const known = error instanceof AppError ? error : new AppError('internal', 'Something went wrong inside Keyward.');
  const hint = locale === undefined ? (hints[known.code] ?? hintOtherwise) : wordError(known.code, known.details, locale).hint;
  return { code: known.code, message: known.message, hint, details: known.details, traceId: randomUUID() };
}

/** What a call answers when the core ended before it did. */
export function coreLost(): ErrorReply {
  const error = new AppError('internal', 'The part of Keyward that holds the keys has stopped.', { reason: 'core-lost' });
  return { ...errorReply(error), hint: 'It is being started again. Sign in again, look what was done, and repeat what was not.' };
}
