import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { AppError } from '../../main/domain/errors.ts';

/**
 * Opens and closes the database of the workspace named by its first argument, and says how that went. As the user with
 * the id of its second argument, if there is one: root may write anything.
 */
const [directory = '', user] = process.argv.slice(2);
if (user !== undefined) {
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
try {
  const database = await openSqliteDatabase({ directory });
  await database.close();
  process.stdout.write('opened');
} catch (error) {
  process.stdout.write(error instanceof AppError ? error.code : String(error));
}
