import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export const whyNoElectron = 'the program of Electron is not installed; the same tests run in the Chromium host';

/** The path of Electron's program, if it is there. Asking the package for it would begin a download. */
export function electronProgram(): string | undefined {
  const { status, stdout } = spawnSync(resolve(import.meta.dirname, '../../../scripts/electron'), { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
