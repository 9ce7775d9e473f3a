import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { fileRefusals, systemCode } from '../../domain/process/system-error.ts';

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ...fileRefusals,
  ['ENOTDIR', 'not-found'],
  ['EEXIST', 'conflict'],
  ['EFBIG', 'store.full'],
  ['EISDIR', 'input.not-a-backup'],
]);

const sentences: Partial<Readonly<Record<ErrorCode, string>>> = {
  'not-found': 'There is no such file or folder.',
  conflict: 'There is a file of this name already.',
  'store.full': 'The disk is full.',
  'store.read-only': 'This folder may not be written.',
  'input.not-a-backup': 'A folder is no backup.',
};

/** What the file system said no to. */
export async function translating<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw fileError(error);
  }
}

/** An AppError stays what it is; what is not of the file system stays so too. */
export function fileError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = codes.get(systemCode(error));
  if (code === undefined) return error;
  const details = code === 'not-found' || code === 'conflict' ? { what: 'file' } : {};
  return new AppError(code, sentences[code] ?? 'The file system said no.', details, { cause: error });
}
