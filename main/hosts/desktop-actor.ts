import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { wireLimits } from '../contract/wire.ts';
import { AppError } from '../domain/errors.ts';
import type { Dialogs } from './dialogs.ts';
import { fileError } from './file-error.ts';
import type { HostActor } from './host-actor.ts';
import { nameFolder, saveBelow } from './save-below.ts';
import { fileName, writeWhole } from './write-whole.ts';

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

/** A folder that a person chose, and what it is called to those who save in it. */
interface ChosenFolder {
  readonly id: string;
  readonly path: string;
}

/** Does what core and window ask, with the person's own hand on every path. Saved files are 0600. */
export function desktopActor({ dialogs, printToPdf, notify }: Desktop): HostActor {
  let chosen: readonly ChosenFolder[] = [];
  return {
    chooseFile: async (request) => {
      const path = await dialogs.chooseFile(request);
      return { files: path === undefined ? [] : [await read(path)] };
    },
    locateFile: async (request) => ({ path: (await dialogs.chooseFile(request)) ?? null }),
    saveFiles: async ({ title, files }) => ({ path: (await save(dialogs, title, files)) ?? null }),
    chooseFolder: async ({ title }) => {
      const path = await dialogs.chooseFolder({ title });
      if (path === undefined) return { folder: null };
      const folder = { id: randomUUID(), path };
      chosen = [folder, ...chosen.slice(0, mostChosen - 1)];
      return { folder };
    },
    saveInFolder: async ({ folder, files }) => {
      await saveBelow(pathOf(chosen, folder), files);
      return {};
    },
    nameInFolder: async ({ folder, from, to }) => ({ path: await nameFolder(pathOf(chosen, folder), from, to) }),
    printToPdf: async ({ files }) => ({ files: await Promise.all(files.map(async (file) => toPdf(file, printToPdf))) }),
    notify: async ({ title, body }) => {
      await notify(title, body);
      return {};
    },
  };
}

/** Folders that are good at a time. */
const mostChosen = 2;

/** @throws AppError not-found */
function pathOf(chosen: readonly ChosenFolder[], id: string): string {
  const folder = chosen.find((one) => one.id === id);
  if (folder !== undefined) return folder.path;
  throw new AppError('not-found', 'This folder was not chosen, or another one since.', { what: 'folder' });
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
    if (path !== undefined) await writeWhole(path, first.bytes);
    return path;
  }
  const folder = await dialogs.chooseFolder({ title });
  if (folder !== undefined) for (const file of files) await writeWhole(join(folder, fileName(file.name)), file.bytes);
  return folder;
}

function refuseFile(cause: unknown): never {
  throw fileError(cause, 'The file could not be used.');
}
