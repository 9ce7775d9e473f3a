import { AppError } from '../../domain/errors.ts';

/** Where a list was left: the values of its order columns in the last row that was given. */
export type Position = readonly (string | number)[];

/** An opaque mark for the next page. `list` names the list and its order, so that a mark of another one is noticed. */
export const encodeCursor = (list: string, position: Position): string =>
  Buffer.from(JSON.stringify([list, ...position])).toString('base64url');

/**
 * Reads a mark back. It comes from outside: its values are compared with, never trusted.
 * @throws AppError input.invalid with details {field: 'after'} for anything that `encodeCursor` did not make for this list
 */
export function decodeCursor(list: string, columns: number, text: string): Position {
  const [name, ...position] = parseList(text);
  if (name !== list || position.length !== columns || !position.every(isValue)) throw invalid();
  return position;
}

const isValue = (value: unknown): value is string | number => typeof value === 'string' || Number.isSafeInteger(value);

function parseList(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parsed)) return parsed;
  } catch (error) {
    throw invalid(error);
  }
  throw invalid();
}

const invalid = (cause?: unknown): AppError =>
  new AppError('input.invalid', 'This is not the end of a page of this list.', { field: 'after' }, { cause });
