import { createPrivateKey } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { IssuanceEngine, IssuanceResult } from '../../ports/issuance.ts';
import { unpackBatch } from './packed-batch.ts';
import type { IssuanceAnswer, IssuanceRequest } from './worker-protocol.ts';

interface Waiting {
  readonly resolve: (results: readonly IssuanceResult[]) => void;
  readonly reject: (error: AppError) => void;
}

/** What a batch leaves behind is short-lived: more room for it costs memory and gains no speed. */
const youngMegabytes = 16;

/**
 * The engine on one thread of its own, started when it is first needed. A thread that dies fails the batches it had:
 * nothing of them was recorded, so nothing was issued. It keeps the process alive only while it owes an answer.
 * `entry` is the worker's module.
 */
export function createWorkerEngine(entry: URL): IssuanceEngine {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let count = 0;

  const fail = () => {
    thread = undefined;
    for (const { reject } of waiting.values()) reject(lost());
    waiting.clear();
  };
  const start = (): Worker => {
    const worker = new Worker(entry, { stdin: false, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
    worker.on('message', (answer: IssuanceAnswer) => {
      settle(waiting, answer);
      if (waiting.size === 0) worker.unref();
    });
    worker.once('error', fail);
    worker.once('exit', fail);
    worker.unref();
    return worker;
  };
  const send = (request: IssuanceRequest) => {
    thread ??= start();
    thread.postMessage(request);
  };

  return {
    async load(issuer, pkcs8) {
      const id = `issuer-${++count}`;
      const key = createPrivateKey({ key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length), format: 'der', type: 'pkcs8' });
      send({ kind: 'load', issuerId: id, issuer, key });
      return { id };
    },
    issue(issuer, orders, under) {
      const batch = ++count;
      return new Promise((resolve, reject) => {
        waiting.set(batch, { resolve, reject });
        send({ kind: 'issue', batch, issuerId: issuer.id, orders, under });
        thread?.ref();
      });
    },
    release: (issuer) => thread?.postMessage({ kind: 'release', issuerId: issuer.id } satisfies IssuanceRequest),
    close: async () => {
      await thread?.terminate();
    },
  };
}

function settle(waiting: Map<number, Waiting>, { batch, packed }: IssuanceAnswer): void {
  const waiter = waiting.get(batch);
  waiting.delete(batch);
  if (packed === undefined) waiter?.reject(lost());
  else waiter?.resolve(unpackBatch(packed));
}

const lost = (): AppError => new AppError('internal', 'The thread that makes keys has ended; nothing it had begun was issued.');
