import { AppError } from '../domain/errors.ts';
import type { ReadStores } from '../ports/database.ts';
import { readLogKeySetting } from './log-key.ts';

/** The newest total of the log that its key has signed. */
export interface NewestSigned {
  readonly size: number;
  readonly time: string;
  /** As C2SP signed-note; `vkey` verifies it, and its name is the log's. */
  readonly note: string;
  readonly vkey: string;
  readonly origin: string;
}

/** Undefined while nothing of the log is signed. */
export async function newestSigned(stores: ReadStores): Promise<NewestSigned | undefined> {
  const signed = await stores.auditLog.latestSigned();
  if (signed === undefined || signed.note === null) return undefined;
  const { vkey } = await readLogKeySetting(stores);
  return { size: signed.size, time: signed.time, note: signed.note, vkey, origin: vkey.slice(0, vkey.indexOf('+')) };
}

/** @throws AppError not-found while nothing of the log is signed */
export async function requireNewestSigned(stores: ReadStores): Promise<NewestSigned> {
  const signed = await newestSigned(stores);
  if (signed === undefined) throw new AppError('not-found', 'Nothing of this log is signed yet.', { what: 'checkpoint' });
  return signed;
}
