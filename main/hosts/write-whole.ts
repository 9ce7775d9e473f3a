import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from './file-error.ts';

/** A name that is only a name: no folder, no hidden file, no control characters. */
export function fileName(name: string): string {
  const plain = name.replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '');
  return plain === '' ? 'keyward' : plain;
}

/** All or nothing, 0600: what stood there before is replaced only by the whole new file. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(dirname(path), `.${randomUUID()}.part`);
  try {
    await writeFile(partial, bytes, { mode: 0o600, flag: 'wx', flush: true });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw fileError(error, 'The file could not be used.');
  }
}
