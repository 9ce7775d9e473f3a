import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { fileRefusals, systemCode } from '../../domain/process/system-error.ts';

/** Result codes of SQLite (https://sqlite.org/rescode.html): the primary code is the low octet of the extended one. */
const primaryCodes: ReadonlyMap<number, ErrorCode> = new Map([
  [3, 'store.read-only'], // PERM
  [5, 'store.busy'], // BUSY
  [6, 'store.busy'], // LOCKED
  [8, 'store.read-only'], // READONLY
  [10, 'store.full'], // IOERR: what writes and syncs report when the disk gives no more room
  [11, 'store.corrupt'], // CORRUPT
  [13, 'store.full'], // FULL
  [14, 'store.read-only'], // CANTOPEN
  [18, 'input.too-large'], // TOOBIG
  [26, 'store.corrupt'], // NOTADB
]);

/** Where the extended code says something else than its primary one. */
const extendedCodes: ReadonlyMap<number, ErrorCode> = new Map([
  [266, 'store.corrupt'], // IOERR_READ
  [522, 'store.corrupt'], // IOERR_SHORT_READ
  [8202, 'store.corrupt'], // IOERR_DATA: a page's checksum
  [8458, 'store.corrupt'], // IOERR_CORRUPTFS
  [1555, 'conflict'], // CONSTRAINT_PRIMARYKEY
  [2067, 'conflict'], // CONSTRAINT_UNIQUE
]);

const systemCodes: ReadonlyMap<string, ErrorCode> = new Map([
  ...fileRefusals,
  ['ENOENT', 'store.not-initialised'],
  ['ENOTDIR', 'store.not-initialised'],
]);

const sentences: Partial<Readonly<Record<ErrorCode, string>>> = {
  'store.busy': 'Another process has the database open for writing.',
  'store.corrupt': 'The database is damaged.',
  'store.full': 'There is no room left to write the database.',
  'store.not-initialised': 'There is no database in this directory.',
  'store.read-only': 'The database cannot be written.',
  'input.too-large': 'A value is larger than the database takes.',
};

/** Runs `act` and gives what SQLite or the file system reports as an AppError; `store.*`, or `conflict` with details {field}. */
export function translating<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw translate(error);
  }
}

/** As `translating`, for an error in hand. An AppError stays what it is. */
export function translate(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === 'conflict') return conflict(error);
  return new AppError(code, sentences[code] ?? 'The database failed in a way that was not foreseen.', {}, { cause: error });
}

function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Error)) return 'internal';
  if ('errcode' in error && typeof error.errcode === 'number')
    return extendedCodes.get(error.errcode) ?? primaryCodes.get(error.errcode & 0xff) ?? 'internal';
  return systemCodes.get(systemCode(error)) ?? 'internal';
}

const columnForm = /failed: (?:.*\b\w+\.|index '\w+_by_beginning_of_)(\w+)'?$/;

/**
 * SQLite names the columns, `UNIQUE constraint failed: certificate.issuerAuthorityId, certificate.serialNumber`: the last one is
 * what must be unique within those before it. A folded column stands for the one it folds. Where the beginning of a column
 * must be unique it names the index instead, which ends in the column's name.
 */
function conflict(error: unknown): AppError {
  const column = error instanceof Error ? columnForm.exec(error.message)?.[1] : undefined;
  const details = column === undefined ? {} : { field: column.replace(/Key$/, '') };
  return new AppError('conflict', 'A record with this value exists already.', details, { cause: error });
}
