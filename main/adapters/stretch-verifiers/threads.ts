import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { StretchVerification } from '../../domain/audit/verify.ts';
import { AppError } from '../../domain/errors.ts';
import type { StretchVerifier, StretchOrder } from '../../ports/stretch-verifier.ts';
import type { VerifierAnswer, VerifierStart } from './protocol.ts';

/** Each holds about 25 MB beside the process that started it; more would wait for the disk. */
const mostThreads = 4;

/** Threads that are started for one verification and end with it, each with a connection of its own. `entry` is their module. */
export const createVerifierThreads = (entry: URL, directory: string): StretchVerifier => ({
  verify: async (vkey, stretches) => {
    const made: StretchVerification[] = [];
    const orders = stretches.entries();
    const threads = Math.min(availableParallelism(), mostThreads, stretches.length);
    await Promise.all(Array.from({ length: threads }, () => work(entry, { directory, vkey }, orders, made)));
    return made;
  },
});

/** One thread takes parts, one after another, as long as there are any. */
async function work(
  entry: URL,
  start: VerifierStart,
  orders: Iterator<[number, StretchOrder]>,
  made: StretchVerification[],
): Promise<void> {
  const worker = new Worker(entry, {
    workerData: start,
    stdin: false,
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
  });
  try {
    for (let next = orders.next(); next.done !== true; next = orders.next()) {
      const [at, order] = next.value;
      made[at] = await ask(worker, order);
    }
  } finally {
    await worker.terminate();
  }
}

function ask(worker: Worker, order: StretchOrder): Promise<StretchVerification> {
  return new Promise((resolve, reject) => {
    const lost = () => reject(new AppError('internal', 'A thread that verifies the log has ended.'));
    worker.once('error', lost);
    worker.once('exit', lost);
    worker.once('message', (answer: VerifierAnswer) => {
      worker.off('error', lost).off('exit', lost);
      if (answer.ok) resolve(answer.made);
      else reject(new AppError(answer.error.code, answer.error.message, answer.error.details));
    });
    worker.postMessage(order);
  });
}
