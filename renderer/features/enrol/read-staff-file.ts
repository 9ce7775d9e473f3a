import { FileContent } from '../../../main/contract/client.ts';
import { AppError } from '../../../main/domain/errors.ts';
import { maximumFileLength } from '../../../main/domain/people/text-encoding.ts';

/** How staff lists are called. */
export const staffListEndings = '.csv,.txt,.tsv';

/**
 * Reads a file that was dropped or chosen. Its size is looked at first: nothing of a huge file is read.
 * @throws AppError input.too-large above 32 MiB, input.empty, not-found when it cannot be read any more
 */
export async function readStaffFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<FileContent> {
  if (file.size > maximumFileLength) throw new AppError('input.too-large', 'The file is larger than 32 MiB.', { limit: '32 MiB' });
  if (file.size === 0) throw new AppError('input.empty', 'There is nothing in this file.');
  const bytes = await file.arrayBuffer().catch((cause: unknown) => {
    throw new AppError('not-found', 'The file cannot be read.', { what: 'file' }, { cause });
  });
  return new FileContent(file.name, new Uint8Array(bytes));
}
