import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface LogFile {
  /** Adds text. A disk that takes no more costs the line, never the program. */
  append(text: string | Uint8Array): void;
}

const longestLog = 1024 * 1024;

/**
 * A log only its owner reads (0600 in 0700). When it reaches `maximum` octets it becomes `<path>.1`, which replaces the
 * one before: together at most twice that and one write.
 */
export function openLogFile(path: string, maximum: number = longestLog): LogFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let size = prepare(path);
  return {
    append(text) {
      try {
        if (size > 0 && size + text.length > maximum) size = turnOver(path);
        appendFileSync(path, text, { mode: 0o600 });
        size += text.length;
      } catch {
        size = 0;
      }
    },
  };
}

function prepare(path: string): number {
  appendFileSync(path, '', { mode: 0o600 });
  chmodSync(path, 0o600);
  return statSync(path).size;
}

function turnOver(path: string): number {
  rmSync(`${path}.1`, { force: true });
  renameSync(path, `${path}.1`);
  return 0;
}

/** A log that keeps nothing. */
export const noLog: LogFile = { append: () => undefined };
