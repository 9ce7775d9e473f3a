import type { ErrorReply } from '../domain/errors.ts';
import type { CommandResult } from './command.ts';

/** Where a run of the command line writes. */
export interface Output {
  result(result: CommandResult): void;
  /** A file goes to stdout, and nothing else may: the result is written where prose is. */
  leaveStdout(): void;
  error(error: ErrorReply): void;
  say(text: string): void;
  progress(done: number, total: number, what: string): void;
}

export interface OutputStreams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
}

const barWidth = 30;

/** Text for people, or exactly one JSON document on stdout; prose and progress always on stderr. */
export function createOutput({ stdout, stderr }: OutputStreams, mode: { readonly isJson: boolean; readonly isQuiet: boolean }): Output {
  let lastTenth = -1;
  let place = stdout;
  /** Nobody reads it. */
  const isProse = () => place === stderr && mode.isQuiet;
  const progress: Output['progress'] = (done, total, what) => {
    if (mode.isQuiet || total === 0) return;
    const part = done / total;
    if (stderr.isTTY === true) {
      const filled = Math.round(part * barWidth);
      stderr.write(`\r[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${done} of ${total} ${what}${done === total ? '\n' : ''}`);
    } else if (Math.floor(part * 10) > lastTenth) {
      lastTenth = Math.floor(part * 10);
      stderr.write(`${done} of ${total} ${what}\n`);
    }
  };
  return {
    progress,
    say: (text) => void (mode.isQuiet || stderr.write(`${text}\n`)),
    leaveStdout: () => void (place = stderr),
    result: ({ json, text }) => void (isProse() || place.write(mode.isJson ? `${JSON.stringify(json)}\n` : text === '' ? '' : `${text}\n`)),
    error: ({ code, message, hint, details, traceId }) => {
      stderr.write(`error: ${message}\nhint: ${hint}\n`);
      if (mode.isJson) place.write(`${JSON.stringify({ error: { code, message, hint, details, traceId } })}\n`);
    },
  };
}
