import {
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { FileContent } from '../contract/secret.ts';
import { octetsAt, shortMessage } from '../domain/encoding/octet-source.ts';
import { AppError } from '../domain/errors.ts';
import { fileRefusals, systemCode } from '../domain/process/system-error.ts';

/** Larger files are refused before they are read. */
export const maximumFileSize = 64 << 20;

/** The files a command reads and writes; `-` is stdin or stdout. */
export interface CommandFiles {
  /** @throws AppError not-found, input.invalid, input.too-large */
  read(path: string): FileContent;
  /** As `read`, for who takes a file piece by piece: a long one stays where it is, and may be of any length. */
  open(path: string): FileContent;
  /** Names of what is in a directory, sorted; undefined for what is no directory. */
  list(path: string): readonly string[] | undefined;
  /**
   * Writes a file whole or not at all, for its owner only; what was there is replaced.
   * @throws AppError store.read-only, store.full, input.invalid
   */
  write(path: string, content: Uint8Array): void;
  /** As `write`, of a file that comes in pieces and may be longer than the memory. */
  writeInParts<T>(path: string, fill: (write: (content: Uint8Array) => void) => Promise<T>): Promise<T>;
  /** Paths of all files below a directory, divided by slashes, sorted; links are not followed. */
  below(path: string): readonly string[];
  /** A file that is read when its content is used, each time anew: for many files that are used one after another. */
  readLater(path: string, name: string): FileContent;
  /**
   * Writes a folder whole or not at all: what `fill` writes becomes visible under its name once all of it is on the disk.
   * @throws AppError conflict when something is there already, and before `fill` is asked
   */
  writeFolder<T>(path: string, fill: (write: (name: string, content: Uint8Array) => void) => Promise<T>): Promise<T>;
}

export const nodeFiles: CommandFiles = {
  read: readFile,
  open: openFile,
  list: listDirectory,
  write: writeFile,
  writeInParts,
  below,
  readLater,
  writeFolder,
};

/** The same, and `told` once a file begins to go to stdout. */
export function tellingOfStdout(files: CommandFiles, told: () => void): CommandFiles {
  const tell = (path: string) => void (path === '-' && told());
  return {
    ...files,
    write: (path, content) => (tell(path), files.write(path, content)),
    writeInParts: async (path, fill) => (tell(path), files.writeInParts(path, fill)),
  };
}

function listDirectory(path: string): readonly string[] | undefined {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  return translating(path, () => readdirSync(path).sort());
}

function readFile(path: string): FileContent {
  const descriptor = path === '-' ? 0 : translating(path, () => openSync(path, 'r'));
  try {
    return new FileContent(
      path === '-' ? 'stdin' : basename(path),
      translating(path, () => readAll(path, descriptor)),
    );
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

/** What is no file, or a short one, is read at once. */
function openFile(path: string): FileContent {
  const found = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size <= shortMessage) return readFile(path);
  return FileContent.at(
    basename(path),
    octetsAt((from, to) => piecesBetween(path, found, from, to)),
  );
}

const pieceLength = 1 << 20;

/** @throws AppError input.invalid where it is no longer the file it was */
function* piecesBetween(path: string, known: Stats, from: number, to: number): Generator<Uint8Array> {
  const descriptor = translating(path, () => openSync(path, 'r'));
  try {
    const { ino, size, mtimeMs } = fstatSync(descriptor);
    if (ino !== known.ino || size !== known.size || mtimeMs !== known.mtimeMs)
      throw new AppError('input.invalid', 'This file was changed while it was read.', {
        field: 'file',
        rule: 'changed',
        file: basename(path),
      });
    for (let at = from; at < Math.min(to, size);) {
      const piece = Buffer.allocUnsafeSlow(Math.min(pieceLength, to - at, size - at));
      const count = translating(path, () => readSync(descriptor, piece, 0, piece.length, at));
      if (count === 0) return;
      yield piece.subarray(0, count);
      at += count;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Never more than the limit, whatever the file says of its own size. */
function readAll(path: string, descriptor: number): Uint8Array {
  const { size } = fstatSync(descriptor);
  if (size > maximumFileSize) throw tooLarge(path);
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(1 << 16);
    const count = readSync(descriptor, chunk);
    if (count === 0) return Buffer.concat(chunks, length);
    chunks.push(chunk.subarray(0, count));
    length += count;
    if (length > maximumFileSize) throw tooLarge(path);
  }
}

const tooLarge = (path: string): AppError =>
  new AppError('input.too-large', `${basename(path)} is too large.`, { file: basename(path), limit: '64 MiB' });

function writeFile(path: string, content: Uint8Array): void {
  if (path === '-') return writeAll(1, content);
  translating(path, () => replaceFile(path, content));
}

async function writeInParts<T>(path: string, fill: (write: (content: Uint8Array) => void) => Promise<T>): Promise<T> {
  const file = path === '-' ? inPlace(1) : translating(path, () => beginFile(path));
  try {
    const value = await fill((content) => translating(path, () => writeAll(file.descriptor, content)));
    translating(path, file.keep);
    return value;
  } finally {
    file.close();
  }
}

function replaceFile(path: string, content: Uint8Array): void {
  const file = beginFile(path);
  try {
    writeAll(file.descriptor, content);
    file.keep();
  } finally {
    file.close();
  }
}

/** A file that is being written: it stands under its name once it is kept, and closed unkept leaves nothing behind. */
interface BegunFile {
  readonly descriptor: number;
  readonly keep: () => void;
  readonly close: () => void;
}

/** Through a neighbour that takes its place once it is on the disk. Devices and pipes are written to directly. */
function beginFile(path: string): BegunFile {
  const present = lstatSync(path, { throwIfNoEntry: false });
  if (present !== undefined && !present.isFile() && !present.isSymbolicLink()) {
    const descriptor = openSync(path, 'w');
    return { ...inPlace(descriptor), close: () => closeSync(descriptor) };
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const neighbour = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
  const descriptor = openSync(neighbour, 'wx', 0o600);
  const keep = () => {
    fsyncSync(descriptor);
    renameSync(neighbour, path);
  };
  const close = () => {
    closeSync(descriptor);
    rmSync(neighbour, { force: true });
  };
  return { descriptor, keep, close };
}

const inPlace = (descriptor: number): BegunFile => ({ descriptor, keep: () => undefined, close: () => undefined });

function below(path: string): readonly string[] {
  const entries = translating(path, () => readdirSync(path, { recursive: true, withFileTypes: true }));
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll(sep, '/')).sort();
}

function readLater(path: string, name: string): FileContent {
  return Object.defineProperty(new FileContent(name, new Uint8Array()), 'bytes', { get: () => readFile(path).bytes });
}

async function writeFolder<T>(path: string, fill: (write: (name: string, content: Uint8Array) => void) => Promise<T>): Promise<T> {
  const present = lstatSync(path, { throwIfNoEntry: false });
  if (present !== undefined && (listDirectory(path)?.length ?? 1) > 0)
    throw new AppError('conflict', 'There is something under this name already; name a new folder.', { what: 'folder' });
  const whole = resolve(path);
  const unfinished = join(dirname(whole), `.${basename(whole)}.${process.pid}.partial`);
  try {
    const value = await fill((name, content) => writeFile(join(unfinished, name), content));
    translating(path, () => {
      if (present !== undefined) rmdirSync(whole);
      renameSync(unfinished, whole);
    });
    return value;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function writeAll(descriptor: number, content: Uint8Array): void {
  for (let at = 0; at < content.length;) at += writeSync(descriptor, content, at);
}

/** Names the file by its last part only: a path can hold the name of a patient. */
function translating<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const [rule, details] = [systemCode(error), { file: basename(path) }];
    if (error instanceof AppError || rule === '') throw error;
    const code = fileRefusals.get(rule);
    if (code === 'not-found')
      throw new AppError(code, `There is no such file: ${details.file}.`, { what: 'file', ...details }, { cause: error });
    if (code === 'store.full') throw new AppError(code, 'The disk is full.', details, { cause: error });
    if (code === 'store.read-only') throw new AppError(code, 'This file may not be opened.', details, { cause: error });
    const fault = rule === 'EISDIR' ? 'is a folder, not a file' : 'cannot be used';
    throw new AppError('input.invalid', `${details.file} ${fault}.`, { field: 'file', rule, ...details }, { cause: error });
  }
}
