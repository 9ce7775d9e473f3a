import type { Database } from '../../ports/database.ts';
import { openSqliteDatabase, type SqliteOptions } from './sqlite.ts';

/** A way to keep the practice's records. The conformance suite runs over each. */
export interface DatabaseTechnology {
  readonly name: string;
  readonly abilities: {
    /** Keeps everything in files of the workspace directory, for their owner only. */
    readonly isFiles: boolean;
  };
  open(options: SqliteOptions): Promise<Database>;
}

export const databaseTechnologies: readonly DatabaseTechnology[] = [
  { name: 'sqlite', abilities: { isFiles: true }, open: openSqliteDatabase },
];
