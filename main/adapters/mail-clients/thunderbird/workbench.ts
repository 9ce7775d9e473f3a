import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { isAlive } from './is-open.ts';
import type { ThunderbirdPlaces } from './places.ts';
import { profileFileNames, readIfPresent, replaceFile, type FileState, type ProfileFileName } from './profile-files.ts';

/** A private copy of what matters in a profile. Tools work on it, so that nothing half done is ever in the profile itself. */
export interface Workbench {
  readonly directory: string;
  /** The files as they were when they were copied. */
  readonly before: ReadonlyMap<ProfileFileName, FileState>;
  /** Writes a file only this user can read, and gives its path. */
  put(name: string, content: Uint8Array): string;
}

const prefix = 'keyward-mail-';

/** Copies the files of a profile into a directory (0700) of their own, and removes it whatever happens. */
export async function withWorkbench<T>(places: ThunderbirdPlaces, profile: string, use: (bench: Workbench) => Promise<T>): Promise<T> {
  const directory = makeDirectory(places);
  try {
    const before = new Map<ProfileFileName, FileState>();
    for (const name of profileFileNames) {
      const state = readIfPresent(join(profile, name));
      if (state === undefined) continue;
      before.set(name, state);
      // It lists the person's tokens, whose libraries no tool of ours is to load.
      if (name !== 'pkcs11.txt') replaceFile(join(directory, name), { ...state, mode: 0o600 });
    }
    return await use({ directory, before, put: (name, content) => put(directory, name, content) });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function put(directory: string, name: string, content: Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  return path;
}

function makeDirectory(places: ThunderbirdPlaces): string {
  const base = places.temporary.find(isWritableDirectory);
  if (base === undefined) throw new AppError('store.read-only', 'There is no place for temporary files.');
  return mkdtempSync(join(base, `${prefix}${process.pid}-`));
}

function isWritableDirectory(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Removes what processes that were killed left behind; what belongs to somebody else stays. */
export function sweepWorkbenches({ temporary }: ThunderbirdPlaces): void {
  for (const base of temporary.filter(isWritableDirectory)) {
    for (const name of readdirSync(base)) {
      const pid = new RegExp(`^${prefix}(\\d{1,10})-`).exec(name)?.[1];
      const path = join(base, name);
      if (pid === undefined || isAlive(Number(pid)) || !isOurs(path)) continue;
      rmSync(path, { recursive: true, force: true });
    }
  }
}

const isOurs = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.uid === process.getuid?.();
