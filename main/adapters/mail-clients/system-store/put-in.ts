import { rmSync, writeFileSync } from 'node:fs';
import { AppError } from '../../../domain/errors.ts';
import { systemCode } from '../../../domain/process/system-error.ts';
import { fileError, readIfPresent } from '../change/client-files.ts';
import { isAlive } from '../change/is-alive.ts';
import { storeKinds, type StoreEntry } from './system-store.ts';

/** A change of a store of the system, written down before the store is touched: it holds what is to be put in and was not there. */
export interface PutIn {
  readonly change: string;
  /** Who makes the change. */
  readonly pid: number;
  readonly store: string;
  readonly entries: readonly StoreEntry[];
}

/** Begins one. @throws AppError conflict while another goes on, store.* */
export function writePutIn(path: string, putIn: PutIn): void {
  try {
    writeFileSync(path, JSON.stringify(putIn), { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if (systemCode(error) === 'EEXIST')
      throw new AppError('conflict', 'This store is being changed already.', { what: 'profile' }, { cause: error });
    throw fileError(error);
  }
}

export const forgetPutIn = (path: string): void => rmSync(path, { force: true });

/**
 * What is written down. One that was cut off while it was written is `nothing`: the store was not touched yet.
 * @throws AppError client.unreadable
 */
export function readPutIn(path: string): PutIn | 'nothing' | undefined {
  const file = readIfPresent(path);
  if (file === undefined) return undefined;
  const found = parse(file.content);
  return isPutIn(found) ? found : 'nothing';
}

/** Whether another process that still runs is at it. */
export const isBeingMade = ({ pid }: PutIn): boolean => pid !== process.pid && isAlive(pid);

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString('utf8'));
  } catch {
    return undefined;
  }
}

function isPutIn(value: unknown): value is PutIn {
  if (typeof value !== 'object' || value === null || !('change' in value) || !('pid' in value)) return false;
  if (!('store' in value) || !('entries' in value) || typeof value.store !== 'string') return false;
  return typeof value.change === 'string' && typeof value.pid === 'number' && Array.isArray(value.entries) && value.entries.every(isEntry);
}

const isEntry = (value: unknown): value is StoreEntry =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'thumbprint' in value &&
  storeKinds.some((kind) => kind === value.kind) &&
  typeof value.thumbprint === 'string' &&
  /^[0-9A-F]{40}$/.test(value.thumbprint);
