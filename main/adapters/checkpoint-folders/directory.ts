import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { fileRefusals, systemCode } from '../../domain/process/system-error.ts';
import type { CheckpointFolder } from '../../ports/checkpoint-folder.ts';

/** How long a share may take to answer. Milliseconds. */
const patience = 5000;
/** A checkpoint has a few hundred octets, and a line for each witness. */
const most = 100_000;

/** A folder of the file system. */
export const directoryFolder: CheckpointFolder = {
  names: (path, prefix) =>
    soon(async () =>
      (await readdir(path))
        .filter((name) => name.startsWith(prefix) && name.endsWith('.checkpoint'))
        .sort()
        .toReversed(),
    ),
  read: (path, name) => soon(() => readNote(path, name)),
  write: (path, name, note) => soon(() => writeNote(join(path, name), join(path, `.${randomUUID()}.part`), note)),
};

async function readNote(path: string, name: string): Promise<{ file: string; note: string }> {
  const handle = await open(join(path, name), 'r');
  try {
    if ((await handle.stat()).size > most) throw new AppError('input.too-large', 'This file is too large.', { file: name });
    return { file: name, note: await handle.readFile('utf8') };
  } finally {
    await handle.close();
  }
}

async function writeNote(path: string, partial: string, note: string): Promise<void> {
  if (await isThere(path)) return;
  try {
    await writeFile(partial, note, { flag: 'wx', flush: true });
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function soon<T>(act: () => Promise<T>): Promise<T> {
  const end = new AbortController();
  const late = delay(patience, undefined, { signal: end.signal, ref: false }).then(() => {
    throw new AppError('cancelled', 'The folder with the kept checkpoints does not answer.');
  });
  try {
    return await Promise.race([act().catch(translate), late]);
  } finally {
    late.catch(() => undefined);
    end.abort();
  }
}

const codes: ReadonlyMap<string, ErrorCode> = new Map([...fileRefusals, ['ENOTDIR', 'not-found']]);

function translate(error: unknown): never {
  if (error instanceof AppError) throw error;
  throw new AppError(
    codes.get(systemCode(error)) ?? 'internal',
    'The folder with the kept checkpoints cannot be used.',
    { what: 'folder' },
    { cause: error },
  );
}
