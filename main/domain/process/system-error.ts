import type { ErrorCode } from '../errors.ts';

/** The operating system's own name for what went wrong (`errno`, POSIX.1-2017 section 2.3), such as ENOENT; empty for any other error. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What a refusal means wherever files are read and written. Who knows more about a place adds to it. */
export const fileRefusals: ReadonlyMap<string, ErrorCode> = new Map([
  ['ENOENT', 'not-found'],
  ['ENOSPC', 'store.full'],
  ['EDQUOT', 'store.full'],
  ['EACCES', 'store.read-only'],
  ['EPERM', 'store.read-only'],
  ['EROFS', 'store.read-only'],
]);
