import { accessSync, constants } from 'node:fs';

/** The first of these absolute paths that is a program; nothing is searched for in PATH. */
export const firstInstalled = (paths: readonly string[]): string | undefined => paths.find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
