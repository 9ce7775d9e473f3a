import errors from '../../resources/locales/en/errors.json' with { type: 'json' };
import type { ErrorLocale } from '../domain/locale/word-error.ts';

/** English is the only locale so far; the window words what people read through its own copy of these files. */
export const errorLocale: ErrorLocale = errors.errors;
