import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { wireLimits } from '../contract/wire.ts';
import { AppError } from '../domain/errors.ts';
import type { Dialogs } from './dialogs.ts';
import { fileError } from './file-error.ts';
import type { HostActor } from './host-actor.ts';

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What differs between desktops. */
export interface Desktop {
  readonly dialogs: Dialogs;
  /** Gives a PDF of an HTML page that runs no scripts and loads nothing. */
  readonly printToPdf: (html: Uint8Array) => Promise<Uint8Array>;
  readonly notify: (title: string, body: string) => Promise<void>;
}

/** Does what core and window ask, with the person's own hand on every path. Saved files are 0600. */
export function desktopActor({ dialogs, printToPdf, notify }: Desktop): HostActor {
  return {
    chooseFile: async (request) => {
      const path = await dialogs.chooseFile(request);
      return { files: path === undefined ? [] : [await read(path)] };
    },
    saveFiles: async ({ title, files }) => ({ path: (await save(dialogs, title, files)) ?? null }),
    printToPdf: async ({ files }) => ({ files: await Promise.all(files.map(async (file) => toPdf(file, printToPdf))) }),
    notify: async ({ title, body }) => {
      await notify(title, body);
      return {};
    },
  };
}

async function toPdf({ name, bytes }: File, printToPdf: Desktop['printToPdf']): Promise<File> {
  return { name: `${name.replace(/\.html?$/i, '')}.pdf`, bytes: await printToPdf(bytes) };
}

/**
 * @throws AppError input.too-large before anything is read, input.invalid for what is not a file, not-found
 */
async function read(path: string): Promise<File> {
  // Non-blocking: a pipe with nobody at the other end must not hold the shell.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(refuseFile);
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new AppError('input.invalid', 'This is not a file.', { path });
    if (status.size > wireLimits.file)
      throw new AppError('input.too-large', 'This file is too large.', { octets: status.size, limit: wireLimits.file });
    return { name: basename(path), bytes: await handle.readFile() };
  } finally {
    await handle.close();
  }
}

async function save(dialogs: Dialogs, title: string, files: readonly File[]): Promise<string | undefined> {
  const [first] = files;
  if (first !== undefined && files.length === 1) {
    const path = await dialogs.chooseSavePath({ title, suggestedName: fileName(first.name) });
    if (path !== undefined) await write(path, first.bytes);
    return path;
  }
  const folder = await dialogs.chooseFolder({ title });
  if (folder !== undefined) for (const file of files) await write(join(folder, fileName(file.name)), file.bytes);
  return folder;
}

/** A name that is only a name: no folder, no hidden file, no control characters. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '');
  return plain === '' ? 'keyward' : plain;
}

/** All or nothing: what stood there before is replaced only by the whole new file. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(dirname(path), `.${randomUUID()}.part`);
  try {
    await writeFile(partial, bytes, { mode: 0o600, flag: 'wx', flush: true });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    refuseFile(error);
  }
}

function refuseFile(cause: unknown): never {
  throw fileError(cause, 'The file could not be used.');
}
