import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openSqliteDatabase } from '../../main/adapters/databases/sqlite.ts';
import { sha256 } from '../../main/adapters/primitives/sha256.ts';
import { verifyEd25519 } from '../../main/adapters/primitives/verify-ed25519.ts';
import { createVerifierThreads } from '../../main/adapters/stretch-verifiers/threads.ts';
import { workerEntry } from '../../main/compose/worker-entry.ts';
import { createTreeHasher } from '../../main/domain/audit/hash.ts';
import { verifyWholeLog } from '../../main/services/log-verification.ts';

/** What this process is told: the workspace whose log it verifies. It holds nothing else, neither what made the log nor what searches it. */
export interface VerifyOrder {
  readonly directory: string;
}

export interface LogVerified {
  readonly perSecond: number;
  /** Microseconds of processor for each entry, of all threads together: on a machine that does other things besides, this is what to compare. */
  readonly ownPerEntry: number;
  readonly holds: boolean;
  /** The most the process held while it verified, resident, threads included; about 40 MB of it are the program of Node itself. */
  readonly megabytes: number;
  /** The longest time the event loop was held meanwhile, milliseconds. */
  readonly loopHeld: number;
}

async function verify(directory: string): Promise<LogVerified> {
  const database = await openSqliteDatabase({ directory });
  const stretchVerifier = createVerifierThreads(workerEntry('verification'), directory);
  const parts = { hasher: createTreeHasher(sha256), sha256, verifyEd25519, stretchVerifier };
  forgetPeak();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const { holds, entries } = await verifyWholeLog(parts, database.read);
  const perSecond = (1000 * entries) / (performance.now() - begin);
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  const megabytes = peakMegabytes();
  await database.close();
  return { perSecond, ownPerEntry: (user + system) / entries, holds, megabytes, loopHeld: delay.max / 1e6 };
}

/** Linux keeps the peak itself: no sample misses it. */
const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');
const peakMegabytes = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

/** One order from the bench that started this process, one answer. */
process.once('message', ({ directory }: VerifyOrder) => {
  void verify(directory).then((answer) => process.send?.(answer));
});
