import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Builds the threads and processes that tests start, where they are stale. */
export default function setUp(): void {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), 'core'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`the threads could not be built: scripts/build.ts ended with ${String(status)}`);
}
