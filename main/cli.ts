import { exitCodeOf } from './cli/exit-code.ts';
import { bearLostOutput } from './cli/lost-output.ts';
import { runCommandLine } from './cli/run.ts';
import { openCore, openTools } from './compose.ts';
import { errorLocale, faultLocale, findingLocale } from './compose/locale.ts';
import { closeWorkspaceDirectory } from './hosts/private-directory.ts';
import { connectToCore } from './hosts/workspace-socket.ts';
import { version } from './version.ts';

/** The command line: composes the services in this process, or relays to the core that owns the workspace. */
process.umask(0o077);
bearLostOutput(process.stdout, process.stderr, () => void (process.exitCode = exitCodeOf('store.full')));
const exit = await runCommandLine({
  argv: process.argv.slice(2),
  ways: {
    openOwn: (workspaceDirectory) => {
      closeWorkspaceDirectory(workspaceDirectory);
      return openCore({ workspaceDirectory });
    },
    connect: connectToCore,
    openPure: openTools,
  },
  locale: errorLocale,
  findingLocale,
  faultLocale,
  printToPdf: async (html) => (await import('./hosts/chromium/print-once.ts')).printOnce(html),
  version,
  process,
});
process.exitCode ??= exit;
