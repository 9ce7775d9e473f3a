import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ['ENOENT', 'not-found'],
  ['ENOSPC', 'store.full'],
  ['EDQUOT', 'store.full'],
  ['EACCES', 'store.read-only'],
  ['EPERM', 'store.read-only'],
  ['EROFS', 'store.read-only'],
  ['ENOTDIR', 'input.invalid'],
  ['EEXIST', 'input.invalid'],
  ['EISDIR', 'input.invalid'],
]);

/** What the operating system's refusal means, as an AppError: not-found, store.full, store.read-only, input.invalid, else internal. */
export function fileError(cause: unknown, message: string, details: ErrorDetails = {}): AppError {
  return new AppError(codes.get(systemCode(cause)) ?? 'internal', message, details, { cause });
}

/** The operating system's own name for what went wrong, such as ENOENT; empty for any other error. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
