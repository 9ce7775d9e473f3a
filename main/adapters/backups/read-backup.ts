import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import { Decrypter } from 'age-encryption';
import { readTarHeader, tarBlock, tarPadding, type TarEntry } from '../../domain/backup/tar.ts';
import { AppError } from '../../domain/errors.ts';
import type { Backups, FileDigest } from '../../ports/backups.ts';
import { openAgeKey } from './age-keys.ts';
import { fileError, translating } from './file-errors.ts';
import { takeOctets, type OctetReader } from './take-octets.ts';

const magic = 'age-encryption.org/v1\n';
const longestFirst = 1 << 16;
const chunkSize = 1 << 16;

/** Reads a backup from front to end, so that every octet of it is authenticated before it counts as good. */
export const readBackup: Backups['read'] = async (path, typed, into) => {
  const key = await openAgeKey(typed);
  const file = await translating(() => open(path, 'r'));
  try {
    await requireAge(file);
    const octets = await decrypted(file, key);
    try {
      return await readArchive(octets, into);
    } finally {
      await octets.cancel();
    }
  } finally {
    await file.close();
  }
};

async function requireAge(file: FileHandle): Promise<void> {
  const { buffer, bytesRead } = await translating(() => file.read(new Uint8Array(magic.length), 0, magic.length, 0));
  if (Buffer.from(buffer.subarray(0, bytesRead)).toString('latin1') !== magic)
    throw new AppError('input.not-a-backup', 'This is not a file in the age format.');
}

async function decrypted(file: FileHandle, key: Awaited<ReturnType<typeof openAgeKey>>): Promise<OctetReader> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  try {
    const clear = await decrypter.decrypt(ReadableStream.from<Uint8Array>(chunksOf(file)));
    return takeOctets(clear);
  } catch (error) {
    throw headerError(error);
  }
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let at = 0; ;) {
    const { buffer, bytesRead } = await file.read(new Uint8Array(chunkSize), 0, chunkSize, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/**
 * The library has sentences alone; one says that the file key is wrapped for nobody with this key, which is also what damage to that line
 * comes to. All others are damage.
 */
function headerError(error: unknown): unknown {
  if (error instanceof Error && error.message.startsWith('no identity matched'))
    return new AppError('input.wrong-backup-key', 'This backup does not open with this key.', {}, { cause: error });
  return damaged(error);
}

const damaged = (error: unknown): AppError => {
  const known = fileError(error);
  return known instanceof AppError ? known : new AppError('integrity.backup-damaged', 'This backup is damaged.', {}, { cause: error });
};

async function readArchive(octets: OctetReader, into: Parameters<Backups['read']>[2]): Promise<ReadonlyMap<string, FileDigest>> {
  const found = new Map<string, FileDigest>();
  const first = await nextEntry(octets);
  if (first === undefined || first.octets > longestFirst)
    throw new AppError('input.not-a-backup', 'What this file holds was not written by Keyward as a backup.');
  const manifest = await octets.exactly(first.octets);
  await octets.exactly(tarPadding(first.octets));
  const wanted = into(manifest);
  if (wanted === undefined) return found;
  for (let entry = await nextEntry(octets); entry !== undefined; entry = await nextEntry(octets)) {
    if (!wanted.names.includes(entry.name)) await skip(octets, entry);
    else if (found.has(entry.name)) throw damaged(undefined);
    else found.set(entry.name, await extract(octets, entry, join(wanted.folder, entry.name)));
  }
  await octets.toEnd();
  return found;
}

async function skip(octets: OctetReader, entry: TarEntry): Promise<void> {
  for (let left = entry.octets + tarPadding(entry.octets); left > 0;) left -= (await octets.some(left)).length;
}

async function nextEntry(octets: OctetReader): Promise<TarEntry | undefined> {
  const block = await octets.exactly(tarBlock);
  return readTarHeader(block);
}

async function extract(octets: OctetReader, entry: TarEntry, path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  const file = await translating(() => open(path, 'wx', 0o600));
  try {
    for (let left = entry.octets; left > 0;) {
      const chunk = await octets.some(left);
      hash.update(chunk);
      await translating(() => file.writeFile(chunk));
      left -= chunk.length;
    }
    await octets.exactly(tarPadding(entry.octets));
    await translating(() => file.sync());
    return { octets: entry.octets, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}
