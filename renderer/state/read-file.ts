import { FileContent } from '../../main/contract/client.ts';
import { AppError } from '../../main/domain/errors.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/**
 * Reads a file that was dropped or chosen. Its size is looked at first: nothing of a huge file is read.
 * @throws AppError input.too-large above `maximum` octets, input.empty, not-found when it cannot be read any more
 */
export async function readFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>, maximum: number): Promise<FileContent> {
  const limit = maximum < mebibyte ? `${maximum / kibibyte} KiB` : `${maximum / mebibyte} MiB`;
  if (file.size > maximum) throw new AppError('input.too-large', `The file is larger than ${limit}.`, { limit });
  if (file.size === 0) throw new AppError('input.empty', 'There is nothing in this file.');
  const bytes = await file.arrayBuffer().catch((cause: unknown) => {
    throw new AppError('not-found', 'The file cannot be read.', { what: 'file' }, { cause });
  });
  return new FileContent(file.name, new Uint8Array(bytes));
}
