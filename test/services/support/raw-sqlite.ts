import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The database as somebody with its file has it, once its core is closed. */
export function openSqliteFile(directory: string, use: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(join(directory, 'keyward.db'));
  try {
    use(db);
  } finally {
    db.close();
  }
}
