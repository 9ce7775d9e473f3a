import { AppError, type ErrorReply } from '../domain/errors.ts';
import { wordError, type ErrorLocale } from '../domain/locale/word-error.ts';
import type { Diagnostics } from '../ports/diagnostics.ts';
import type { Random } from '../ports/random.ts';

/** Turns whatever was thrown into what a caller may see. */
export interface ErrorReplies {
  reply(error: unknown, call: string): ErrorReply;
}

/**
 * An AppError goes out as it is, with its hint. Anything else becomes `internal` with a trace id; what it was goes to
 * the technical log without its message, because a foreign message can quote what a person typed.
 */
export function createErrorReplies(parts: {
  readonly locale: ErrorLocale;
  readonly random: Random;
  readonly diagnostics: Diagnostics;
}): ErrorReplies {
  return {
    reply(error, call) {
      const traceId = parts.random.uuid();
      const known = error instanceof AppError && error.code !== 'internal';
      if (!known) parts.diagnostics.report({ traceId, call, error: nameOf(error), frames: framesOf(error) });
      const code = known ? error.code : 'internal';
      const details = known ? error.details : { traceId };
      const wording = wordError(code, details, parts.locale);
      return { code, message: known ? error.message : wording.text, hint: wording.hint, details, traceId };
    },
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.constructor.name : typeof error);

/** Where it happened, cause by cause, without the messages. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return error.cause instanceof Error ? [...frames, `caused by ${nameOf(error.cause)}`, ...framesOf(error.cause)] : frames;
}
