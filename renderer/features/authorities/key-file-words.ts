import { AppError } from '../../../main/domain/errors.ts';
import { t } from '../../i18n/translate.ts';

/** What is wrong with a key file or its password, to be said beside it. */
export interface KeyFileFault {
  readonly file?: string;
  readonly password?: string;
}

/** Undefined for what is wrong with neither. */
export function keyFileFault(error: unknown, name: string): KeyFileFault | undefined {
  if (!(error instanceof AppError)) return undefined;
  if (error.code === 'input.wrong-password') return { password: t('key-file.wrong-password') };
  if (error.code !== 'input.invalid' || error.details['field'] !== 'key') return undefined;
  return { file: error.details['reason'] === 'mismatch' ? t('key-file.other-key', { name }) : t('key-file.no-key') };
}
