import type { Database, DatabaseCopy } from './database.ts';

/** A folder for files that must not lie elsewhere: only the workspace's owner can enter it. It goes with `remove`, or at the next start. */
export interface WorkFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** The directory a practice lives in. */
export interface WorkspaceDirectory {
  readonly path: string;
  /** Makes the directory (0700) and an empty database in it, or opens what is there. @throws AppError store.* */
  create(): Promise<void>;
  /** An empty folder within the directory. @throws AppError store.* */
  workFolder(): Promise<WorkFolder>;
  /**
   * Lets `fill` put a practice's files into a folder, then makes them this workspace's in one step, and opens it; the directory is made
   * where there is none. What fails leaves no practice. To be called only where there is none.
   * @throws AppError store.*
   */
  adopt<T>(fill: (folder: string) => Promise<T>): Promise<T>;
  /** The same for a new directory beside this one, which stays as it is; the new one is not opened. Gives its path. @throws AppError conflict, store.* */
  adoptBeside<T>(suffix: string, fill: (folder: string) => Promise<T>): Promise<{ readonly path: string; readonly value: T }>;
  /** Opens the database whose only file is in a folder. @throws AppError store.* */
  openDatabase(folder: string): Promise<Database>;
  /** The same, only to be read. @throws AppError store.* */
  openCopy(folder: string): Promise<DatabaseCopy>;
}
