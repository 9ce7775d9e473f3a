import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeSamplePractice } from '../../scripts/pictures/sample-practice.ts';
import { buildProcesses } from '../setup/built-process.ts';
import { cores } from './window/cores.ts';
import { electronProgram, whyNoElectron } from './window/electron-program.ts';
import { sampleVariable } from './window/sample.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * Builds what of the window is stale, and makes the sample practice of which each test gets a copy of its own, unless
 * the environment names one that was made before.
 */
export default async function setUp(): Promise<() => void> {
  const isElectronHere = electronProgram() !== undefined;
  if (!isElectronHere) process.stderr.write(`SKIPPED: every test of the project electron; ${whyNoElectron}\n`);
  build('renderer', 'preload-chromium', 'core', ...(isElectronHere ? ['preload-electron', 'shell'] : []));
  await buildProcesses(cores.sources, cores.folder);
  if (process.env[sampleVariable] !== undefined) return () => undefined;
  const directory = mkdtempSync(join(tmpdir(), 'kw-e2e-'));
  const { workspaceDirectory, passphrase } = makeSamplePractice(directory);
  const description = join(directory, 'sample.json');
  writeFileSync(description, JSON.stringify({ workspaceDirectory, passphrase }), { mode: 0o600 });
  process.env[sampleVariable] = description;
  return () => rmSync(directory, { recursive: true, force: true });
}

function build(...targets: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), ...targets], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`the window could not be built: scripts/build.ts ended with ${String(status)}`);
}
