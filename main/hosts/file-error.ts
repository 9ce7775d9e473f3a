import { AppError, type ErrorCode, type ErrorDetails } from '../domain/errors.ts';
import { fileRefusals, systemCode } from '../domain/process/system-error.ts';

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ...fileRefusals,
  ['ENOTDIR', 'input.invalid'],
  ['EEXIST', 'input.invalid'],
  ['EISDIR', 'input.invalid'],
]);

/** What the operating system's refusal means, as an AppError: not-found, store.full, store.read-only, input.invalid, else internal. */
export function fileError(cause: unknown, message: string, details: ErrorDetails = {}): AppError {
  return new AppError(codes.get(systemCode(cause)) ?? 'internal', message, details, { cause });
}
