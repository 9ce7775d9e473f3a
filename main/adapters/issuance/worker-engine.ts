import { createPrivateKey } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { AppError } from '../../domain/errors.ts';
import type { IssuanceEngine, IssuanceOrder, IssuanceResult, LoadedIssuer, IssuanceTerms } from '../../ports/issuance.ts';
import { IssuingThread, type IssuerHandle } from './issuing-thread.ts';

/**
 * The engine on as many threads as there are cores: with one alone a core stands idle whenever the thread that writes waits
 * for the disk. A batch goes to the thread that owes fewest. `entry` is the threads' module.
 */
export function createWorkerEngine(entry: URL): IssuanceEngine {
  const threads = Array.from({ length: availableParallelism() }, () => new IssuingThread(entry));
  const handles = new Map<string, IssuerHandle>();
  let count = 0;
  return {
    async load(issuer, pkcs8) {
      const id = `issuer-${++count}`;
      const octets = Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length);
      handles.set(id, { id, issuer, key: createPrivateKey({ key: octets, format: 'der', type: 'pkcs8' }) });
      return { id };
    },
    issue: async (issuer, orders, terms) => issueOn(leastBusy(threads), handles.get(issuer.id), orders, terms),
    release({ id }: LoadedIssuer) {
      handles.delete(id);
      for (const thread of threads) thread.release(id);
    },
    close: async () => void (await Promise.all(threads.map(async (thread) => thread.close()))),
  };
}

async function issueOn(
  thread: IssuingThread,
  handle: IssuerHandle | undefined,
  orders: readonly IssuanceOrder[],
  terms: IssuanceTerms,
): Promise<readonly IssuanceResult[]> {
  if (handle === undefined) throw new AppError('internal', 'An issuer was used after it had been let go of.');
  return thread.issue(handle, orders, terms);
}

const leastBusy = (threads: readonly IssuingThread[]): IssuingThread =>
  threads.reduce((best, thread) => (thread.owed < best.owed ? thread : best));
