import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import { readIfPresent, replaceFile, type FileLayout, type FileState } from './client-files.ts';
import { isAlive } from './is-alive.ts';
import type { FileChange } from './undo-folder.ts';

/** A private copy of what matters in a profile. Tools work on it, so that nothing half done is ever in the profile itself. */
export interface Workbench {
  readonly directory: string;
  /** Writes a file only this user can read, beside the copy, and gives its path. */
  put(name: string, content: Uint8Array): string;
  /** What the withheld file says: the profile's own, or the one a tool has made where there is none. */
  withheld(): Uint8Array | undefined;
  /** How it differs from the profile it was copied from, with this in the withheld file. */
  changes(withheld?: Uint8Array): FileChange[];
}

export interface WorkbenchOf {
  readonly layout: FileLayout;
  readonly profile: string;
  /** Where private files may stand for a moment, memory first. */
  readonly temporary: readonly string[];
}

const prefix = 'keyward-mail-';

/** What a new file may be read by: its owner. */
const newFileMode = 0o600;

/** Copies the files of a profile into a directory (0700) of their own, and removes it whatever happens. */
export async function withWorkbench<T>(of: WorkbenchOf, use: (bench: Workbench) => Promise<T>): Promise<T> {
  const base = makeDirectory(of.temporary);
  const directory = join(base, 'copy');
  try {
    mkdirSync(directory, { mode: 0o700 });
    const before = copyInto(directory, of);
    return await use({
      directory,
      put: (name, content) => put(base, name, content),
      withheld: () => withheldFile(directory, before, of)?.content,
      changes: (withheld) => changesOn(directory, before, of, withheld),
    });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function copyInto(directory: string, { layout, profile }: WorkbenchOf): ReadonlyMap<string, FileState> {
  const before = new Map<string, FileState>();
  for (const name of layout.namesIn(profile)) {
    const state = readIfPresent(join(profile, name));
    if (state === undefined) continue;
    before.set(name, state);
    if (name === layout.withheld) continue;
    mkdirSync(dirname(join(directory, name)), { recursive: true, mode: 0o700 });
    replaceFile(join(directory, name), { ...state, mode: 0o600 });
  }
  return before;
}

function withheldFile(directory: string, before: ReadonlyMap<string, FileState>, { layout, profile }: WorkbenchOf): FileState | undefined {
  const name = layout.withheld;
  return name === undefined ? undefined : (before.get(name) ?? resultOf(directory, profile, name, undefined));
}

function changesOn(
  directory: string,
  before: ReadonlyMap<string, FileState>,
  of: WorkbenchOf,
  withheld: Uint8Array | undefined,
): FileChange[] {
  const { layout, profile } = of;
  const names = new Set([...before.keys(), ...layout.namesIn(directory)]);
  return [...names].toSorted().flatMap((name) => {
    const old = before.get(name);
    const after =
      name === layout.withheld ? filled(withheldFile(directory, before, of), withheld) : resultOf(directory, profile, name, old);
    return isSame(old, after) ? [] : [{ name, before: old, after }];
  });
}

const filled = (file: FileState | undefined, content: Uint8Array | undefined): FileState | undefined =>
  content === undefined ? file : { content, mode: file?.mode ?? newFileMode };

/** Some files name their own directory: then as it is to be. */
function resultOf(directory: string, profile: string, name: string, before: FileState | undefined): FileState | undefined {
  const made = readIfPresent(join(directory, name));
  if (made === undefined) return undefined;
  const content = name.endsWith('.txt') ? renamed(made.content, directory, profile) : made.content;
  return { content, mode: before?.mode ?? newFileMode };
}

const renamed = (content: Uint8Array, from: string, to: string): Uint8Array =>
  Buffer.from(
    Buffer.from(content)
      .toString('utf8')
      .replaceAll(`sql:${from}`, () => `sql:${to}`),
  );

const isSame = (before: FileState | undefined, after: FileState | undefined): boolean =>
  before === undefined || after === undefined ? before === after : Buffer.compare(before.content, after.content) === 0;

function put(directory: string, name: string, content: Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  return path;
}

function makeDirectory(temporary: readonly string[]): string {
  const base = temporary.find(isWritableDirectory);
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
export function sweepWorkbenches(temporary: readonly string[]): void {
  for (const base of temporary.filter(isWritableDirectory)) {
    for (const name of readdirSync(base)) {
      const pid = new RegExp(`^${prefix}(\\d{1,10})-`).exec(name)?.[1];
      const path = join(base, name);
      if (pid === undefined || isAlive(Number(pid)) || !isOurs(path)) continue;
      rmSync(path, { recursive: true, force: true });
    }
  }
}

const isOurs = (path: string): boolean =>
  process.getuid === undefined || statSync(path, { throwIfNoEntry: false })?.uid === process.getuid();
