import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { deskWithPractice, newDesk, staff, type Desk } from './command-line.ts';

export interface Said {
  readonly holds: boolean;
  readonly said: string;
}

function byPython(script: string, ...args: readonly string[]): Said {
  const { status, stdout, stderr } = spawnSync('python3', [script, ...args], { encoding: 'utf8' });
  return { holds: status === 0, said: `${stdout}${stderr}`.trim() };
}

const ownScript = fileURLToPath(new URL('../../../resources/verifier/verify_log.py', import.meta.url));
const strangersScript = fileURLToPath(new URL('../../auditor/verify_log.py', import.meta.url));

/** The program that lies in the bundle, as a stranger runs it. */
export const byVerifier = (...args: readonly string[]): Said => byPython(ownScript, ...args);

/** Somebody who wrote a program of their own from README.txt. */
export const byStranger = (folder: string, ...vkey: readonly string[]): Said => byPython(strangersScript, folder, ...vkey);

/** Exit code, and the fault or the error. */
export async function byKeyward(folder: string, ...more: readonly string[]): Promise<readonly [number, unknown]> {
  const { exit, stdout } = await newDesk().run('audit', 'verify-log', folder, ...more, '--json');
  const answer = JSON.parse(stdout) as { firstWrong?: unknown; error?: { code: string } };
  return [exit, answer.firstWrong ?? answer.error?.code];
}

export interface ExportedLog {
  readonly desk: Desk;
  readonly folder: string;
  readonly entries: number;
  readonly vkey: string;
}

/** A practice with some entries, and its log saved. */
export async function exportedLog(): Promise<ExportedLog> {
  const desk = await deskWithPractice();
  await desk.json('people', 'import', desk.put('staff.csv', staff));
  const folder = desk.path('log');
  const { entries, key } = await desk.json<{ entries: number; key: string }>('audit', 'export', '--out', folder);
  return { desk, folder, entries, vkey: key };
}
