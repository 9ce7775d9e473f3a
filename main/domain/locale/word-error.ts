import type { ErrorCode, ErrorDetails } from '../errors.ts';

/** What a person reads about an error: what is, then what to do next. */
export interface ErrorWording {
  readonly text: string;
  readonly hint: string;
}

/** The `errors` section of a locale (`resources/locales/<language>/errors.json`): every code has its wording. */
export type ErrorLocale = Readonly<Record<ErrorCode, ErrorWording>>;

/**
 * Words an error for a person. `{name}` stands for the detail of that name; a part in square brackets is left out
 * when one of the details it names is missing, so that a sentence never shows a gap. What a detail holds is never
 * read as a pattern.
 */
export function wordError(code: ErrorCode, details: ErrorDetails, locale: ErrorLocale): ErrorWording {
  const { text, hint } = locale[code];
  return { text: fill(text, details), hint: fill(hint, details) };
}

const partOrPlaceholder = /\[([^[\]]*)\]|\{(\w+)\}/g;
const placeholder = /\{(\w+)\}/g;

function fill(pattern: string, details: ErrorDetails): string {
  return pattern.replace(partOrPlaceholder, (_, part: string | undefined, name: string | undefined) =>
    part === undefined ? valueOf(details, name ?? '') : fillPart(part, details),
  );
}

function fillPart(part: string, details: ErrorDetails): string {
  const names = Array.from(part.matchAll(placeholder), ([, name]) => name ?? '');
  if (!names.every((name) => Object.hasOwn(details, name))) return '';
  return part.replace(placeholder, (_, name: string) => valueOf(details, name));
}

function valueOf(details: ErrorDetails, name: string): string {
  const value = Object.hasOwn(details, name) ? details[name] : undefined;
  if (value === undefined) return '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
