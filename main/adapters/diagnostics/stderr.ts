import type { Diagnostics } from '../../ports/diagnostics.ts';

/** One JSON line an event on stderr, which the shell keeps in its log file. */
export const stderrDiagnostics: Diagnostics = {
  report(event) {
    process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
  },
};
