import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where to look on this computer for programs that keep everything under a person's home; every path absolute. */
export interface HomePlaces {
  readonly home: string;
  /** Directories of programs and of the system's tools. */
  readonly programs: readonly string[];
  /** Where private files may stand for a moment, memory first. */
  readonly temporary: readonly string[];
  /** The kernel's list of processes. */
  readonly processes: string;
}

export const systemHomePlaces = (home: string, temporary: readonly string[]): HomePlaces => ({
  home,
  programs: ['/usr/bin', '/usr/local/bin'],
  temporary,
  processes: '/proc',
});

/** Whether one of these programs runs as this user: most rewrite their settings when they end. */
export function runs({ processes }: HomePlaces, names: readonly string[]): boolean {
  const own = process.getuid?.();
  return names.length > 0 && readdirSync(processes).some((entry) => /^\d+$/.test(entry) && isOneOf(join(processes, entry), names, own));
}

/** One that ended meanwhile runs no more. */
function isOneOf(directory: string, names: readonly string[], uid: number | undefined): boolean {
  try {
    return names.includes(readFileSync(join(directory, 'comm'), 'utf8').trim()) && statSync(directory).uid === uid;
  } catch {
    return false;
  }
}
