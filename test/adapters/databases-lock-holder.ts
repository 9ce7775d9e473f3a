import { lockWorkspace } from '../../main/adapters/databases/workspace-lock.ts';

/** Takes the workspace named by its argument, says so, and keeps it until it is killed or told to stop on standard input. */
const lock = lockWorkspace(process.argv[2] ?? '');
process.stdout.write('held\n');
process.stdin.once('data', () => {
  lock.release();
  process.exit(0);
});
