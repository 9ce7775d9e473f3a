import type { FileContent } from '../../../main/contract/client.ts';
import { maximumFileLength } from '../../../main/domain/people/text-encoding.ts';
import { readFile } from '../../state/read-file.ts';

/** How staff lists are called. */
export const staffListEndings = '.csv,.txt,.tsv';

/** Reads a staff list that was dropped or chosen. @throws AppError as `readFile` */
export const readStaffFile = (file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<FileContent> => readFile(file, maximumFileLength);
