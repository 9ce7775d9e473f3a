import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { Encrypter } from 'age-encryption';
import { tarEnd, tarHeader, tarPadding } from '../../domain/backup/tar.ts';
import { AppError } from '../../domain/errors.ts';
import type { BackupPart, BackupPlace, Backups, FileDigest } from '../../ports/backups.ts';
import { translating } from './file-errors.ts';

type Order = Parameters<Backups['write']>[1];

/** What a backup is called until it is whole. */
export const unfinishedPath = ({ folder, name }: BackupPlace): string => join(folder, `.${name}.partial`);

/** @throws AppError not-found, conflict */
export function requireFree({ folder, name }: BackupPlace): Promise<void> {
  return translating(async () => {
    if (!(await stat(folder)).isDirectory()) throw new AppError('not-found', 'There is no such folder.', { what: 'folder' });
    if ((await readdir(folder)).includes(name)) throw new AppError('conflict', 'There is a file of this name already.', { what: 'file' });
  });
}

/** Sealed part by part on its way to the disk, synced, read back, and only then given its name. */
export function writeBackup(place: BackupPlace, order: Order): Promise<FileDigest> {
  return translating(async () => {
    const path = join(place.folder, place.name);
    await requireFree(place);
    const unfinished = unfinishedPath(place);
    try {
      const written = await sealTo(unfinished, order);
      requireSame(written, await digestOf(unfinished));
      await rename(unfinished, path);
      await syncFolder(place.folder);
      return written;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  });
}

function requireSame(written: FileDigest, read: FileDigest): void {
  if (written.sha256 !== read.sha256) throw new AppError('store.corrupt', 'The backup does not read back as it was written.', {});
}

async function sealTo(path: string, order: Order): Promise<FileDigest> {
  const file = await open(path, 'wx', 0o600);
  try {
    return await seal(file, order);
  } finally {
    await file.close();
  }
}

async function seal(file: FileHandle, { recipient, created, parts }: Order): Promise<FileDigest> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const hash = createHash('sha256');
  let octets = 0;
  const clear = ReadableStream.from<Uint8Array>(archive(parts, created));
  for await (const chunk of await encrypter.encrypt(clear)) {
    hash.update(chunk);
    await writeAll(file, chunk);
    octets += chunk.length;
  }
  await file.sync();
  return { octets, sha256: hash.digest('hex') };
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
}

async function* archive(parts: readonly BackupPart[], created: Date): AsyncGenerator<Uint8Array> {
  for (const { name, content } of parts) {
    const octets = content instanceof Uint8Array ? content.length : content.octets;
    yield tarHeader({ name, octets }, created);
    if (content instanceof Uint8Array) yield content;
    else yield* createReadStream(content.path, { highWaterMark: 1 << 16 }) as AsyncIterable<Uint8Array>;
    yield new Uint8Array(tarPadding(octets));
  }
  yield tarEnd();
}

export async function digestOf(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let octets = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 }) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    octets += chunk.length;
  }
  return { octets, sha256: hash.digest('hex') };
}

/** Makes a name survive a loss of power. Windows does so unasked, and some file systems of sticks know no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
}
