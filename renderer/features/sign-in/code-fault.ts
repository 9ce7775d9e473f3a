import { AppError } from '../../../main/domain/errors.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** What is said beside a field for a code that was refused or left empty; undefined for a refusal that is not about the code. */
export function codeFault(error: unknown, isMissing: boolean): MessageKey | undefined {
  const code = error instanceof AppError ? error.code : undefined;
  if (code === 'session.code-wrong') return 'sign-in.second-wrong';
  if (code === 'input.invalid') return 'sign-in.second-form';
  return isMissing ? 'sign-in.second-missing' : undefined;
}
