import type { KeptCheckpoint } from '../domain/audit/kept-checkpoint.ts';

/** A folder where checkpoints of the log are kept that whoever owns this machine does not own alone, such as a share. */
export interface CheckpointFolder {
  /** Names of the files that begin so, newest first. Gives up after a few seconds: a share may be away. @throws AppError not-found, store.*, cancelled */
  names(path: string, prefix: string): Promise<readonly string[]>;
  /** @throws AppError not-found, store.*, input.too-large, cancelled */
  read(path: string, name: string): Promise<KeptCheckpoint>;
  /** A file that is there stays as it is: what is kept is never written over. @throws AppError not-found, store.*, cancelled */
  write(path: string, name: string, note: string): Promise<void>;
}
