import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../domain/errors.ts';

/** SHA-256, in lower-case hexadecimal, of every file of the shipped core by its path with slashes. */
export type CoreFiles = Readonly<Record<string, string>>;

/** What runs beside Electron, outside its archive. */
const shippedFolders = ['core', 'node'];

/** Lists what is shipped beside the archive, in the directory of resources. */
export async function listCoreFiles(directory: string): Promise<CoreFiles> {
  const names = shippedFolders.flatMap((folder) => filesOf(directory, folder)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await sha256(join(directory, name))] as const)));
}

/**
 * Holds when exactly the listed files are there, each with its content: nothing changed, missing or added.
 * It answers for what is on the disk now; who may write there between this and the start may also change the shell.
 * @throws AppError integrity.program-changed naming the first file that differs.
 */
export async function verifyCoreFiles(directory: string, expected: CoreFiles): Promise<void> {
  const found = await listCoreFiles(directory);
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const different = names.find((name) => found[name] !== expected[name]);
  if (names.length > 0 && different === undefined) return;
  throw new AppError('integrity.program-changed', 'A part of the program is not as it was shipped.', { file: different ?? '' });
}

function filesOf(directory: string, folder: string): string[] {
  return readdirSync(join(directory, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
