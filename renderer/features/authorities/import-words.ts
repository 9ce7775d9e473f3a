import { AppError } from '../../../main/domain/errors.ts';
import { t } from '../../i18n/translate.ts';

/** What is wrong with what an authority was brought in, to be said beside it. */
export interface ImportFault {
  readonly key?: string;
  readonly password?: string;
  readonly above?: string;
}

/** Undefined for what is wrong with none of these. */
export function importFault(error: unknown): ImportFault | undefined {
  if (!(error instanceof AppError)) return undefined;
  if (error.code === 'input.wrong-password') return { password: t('authority-import.wrong-password') };
  if (error.code === 'path.unknown-issuer') return { above: t('authority-import.above-missing') };
  if (error.code !== 'input.invalid' || error.details['field'] !== 'key') return undefined;
  const { reason } = error.details;
  if (reason === 'missing') return { key: t('authority-import.key-missing') };
  return { key: t(reason === 'mismatch' ? 'authority-import.key-other' : 'authority-import.key-none') };
}

/** The authorities in a file that holds several, of which one has to be chosen; none for any other error. */
export function severalIn(error: unknown): readonly string[] {
  if (!(error instanceof AppError) || error.code !== 'input.several-authorities') return [];
  const { names } = error.details;
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
