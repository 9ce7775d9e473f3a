import type { KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { Issuer } from '../../domain/profile/prepare-issuer.ts';
import type { IssuanceOrder, IssuanceResult, IssuanceTerms } from '../../ports/issuance.ts';
import { unpackBatch } from './packed-batch.ts';
import type { IssuanceAnswer, IssuanceRequest } from './worker-protocol.ts';

/** An authority's key as a handle, null where it is kept away, and what its certificates say of it. */
export interface IssuerHandle {
  readonly id: string;
  readonly issuer: Issuer;
  readonly key: KeyObject | null;
}

/** What a batch leaves behind is short-lived: more room for it costs memory and gains no speed. */
const youngMegabytes = 16;

/**
 * One thread that issues, started when it is first needed. A thread that dies fails the batches it had: nothing of them was
 * recorded, so nothing was issued. It keeps the process alive only while it owes an answer.
 */
export class IssuingThread {
  readonly #entry: URL;
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly IssuanceResult[]>>();
  readonly #loaded = new Set<string>();
  #worker: Worker | undefined;
  #count = 0;

  constructor(entry: URL) {
    this.#entry = entry;
  }

  /** Batches it has been given and not answered. */
  get owed(): number {
    return this.#waiting.size;
  }

  /** Loads the issuer before its first batch. @throws AppError internal when the thread ends */
  issue(handle: IssuerHandle, orders: readonly IssuanceOrder[], terms: IssuanceTerms): Promise<readonly IssuanceResult[]> {
    const worker = (this.#worker ??= this.#start());
    const { id: issuerId, issuer, key } = handle;
    if (!this.#loaded.has(issuerId)) post(worker, { kind: 'load', issuerId, issuer, key });
    this.#loaded.add(issuerId);
    const [batch, answer] = [++this.#count, Promise.withResolvers<readonly IssuanceResult[]>()];
    this.#waiting.set(batch, answer);
    post(worker, { kind: 'issue', batch, issuerId, orders, terms });
    worker.ref();
    return answer.promise;
  }

  release(issuerId: string): void {
    if (this.#loaded.delete(issuerId) && this.#worker !== undefined) post(this.#worker, { kind: 'release', issuerId });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { stdin: false, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } });
    worker.on('message', (answer: IssuanceAnswer) => {
      this.#settle(answer);
      if (this.owed === 0) worker.unref();
    });
    worker.once('error', () => this.#fail());
    worker.once('exit', () => this.#fail());
    worker.unref();
    return worker;
  }

  #settle({ batch, packed }: IssuanceAnswer): void {
    const waiting = this.#waiting.get(batch);
    this.#waiting.delete(batch);
    if (packed === undefined) waiting?.reject(lost());
    else waiting?.resolve(unpackBatch(packed));
  }

  #fail(): void {
    this.#worker = undefined;
    this.#loaded.clear();
    for (const { reject } of this.#waiting.values()) reject(lost());
    this.#waiting.clear();
  }
}

const post = (worker: Worker, request: IssuanceRequest): void => worker.postMessage(request);

const lost = (): AppError => new AppError('internal', 'The thread that makes keys has ended; nothing it had begun was issued.');
