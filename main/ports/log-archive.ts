import type { FileDigest } from './backups.ts';

/**
 * A file of lines that contents of the log go to. Guarantees: under its name it is whole and on the disk, or not there; a file that is there is
 * never written over; it is for its owner only. Trust: whoever has it can change it; what is in it is proven by the log's own signature.
 */
export interface LogArchive {
  /** @throws AppError not-found for a folder that is not there, conflict for a name that is taken, store.* */
  write(path: string, lines: AsyncIterable<string>): Promise<FileDigest>;
  /** Line by line, at most as long as an entry may be. @throws AppError not-found, store.*, input.too-large */
  lines(path: string): AsyncIterable<string>;
  /** Takes away what a killed process had not finished. */
  discardUnfinished(path: string): Promise<void>;
}
