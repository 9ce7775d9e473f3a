import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkFolder } from '../../ports/workspace.ts';
import { translating } from './sqlite-errors.ts';

const beginning = 'work-';

/** An empty folder in a workspace, 0700. @throws AppError store.* */
export async function makeWorkFolder(directory: string): Promise<WorkFolder> {
  const path = translating(() => mkdtempSync(join(directory, beginning)));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** What processes that were killed have left. For who holds the workspace's lock. */
export function removeWorkFolders(directory: string): void {
  translating(() => {
    for (const name of readdirSync(directory))
      if (name.startsWith(beginning)) rmSync(join(directory, name), { recursive: true, force: true });
  });
}
