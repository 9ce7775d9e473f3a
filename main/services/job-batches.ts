import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { IssuanceEngine, IssuanceResult, LoadedIssuer, IssuanceTerms } from '../ports/issuance.ts';
import type { Random } from '../ports/random.ts';
import type { JobItemRecord } from '../ports/stores/jobs.ts';
import type { PersonRow } from '../ports/stores/people.ts';
import { ordersFor, type IssuancePlan } from './issuance-plan.ts';

/** One person of a batch, with what the engine made for them. */
export interface BatchMember {
  readonly item: JobItemRecord;
  /** Absent when they were removed since the job was asked for. */
  readonly person: PersonRow | undefined;
  readonly results: readonly IssuanceResult[];
}

export interface BatchParts {
  readonly read: () => ReadStores;
  readonly engine: IssuanceEngine;
  readonly clock: Clock;
  readonly random: Random;
  /** People in one unit; `batchSize` unless a test wants many small units. */
  readonly peopleInUnit?: number | undefined;
}

export interface BatchSource {
  readonly jobId: string;
  readonly plan: IssuancePlan;
  readonly issuer: LoadedIssuer;
  readonly terms: IssuanceTerms;
}

/**
 * People in one unit: enough that the disk is waited for seldom, and few enough where a key takes long that progress is
 * seen and little is lost when the process is killed.
 */
const batchSize = (algorithm: KeyAlgorithm): number => (algorithm.startsWith('rsa') ? 4 : 120);

/** Batches whose keys are being made while the caller writes one down: with fewer, a thread that makes keys waits for the writing. */
const batchesAhead = 3;

interface BegunBatch {
  readonly items: readonly JobItemRecord[];
  readonly made: Promise<readonly BatchMember[]>;
}

/** The job's waiting people in their order, batch after batch, each with what the engine made for them. */
export async function* makeBatches(parts: BatchParts, source: BatchSource): AsyncGenerator<readonly BatchMember[]> {
  const ahead: BegunBatch[] = [];
  let last: BegunBatch | undefined;
  for (;;) {
    while (ahead.length <= batchesAhead && last?.items.length !== 0) {
      last = await beginBatch(parts, source, (last?.items.at(-1)?.position ?? -1) + 1);
      ahead.push(last);
    }
    const batch = await ahead.shift()?.made;
    if (batch === undefined || batch.length === 0) return;
    yield batch;
  }
}

/** Reads who is next from item `from` on and asks for their keys; an empty batch at the end. */
async function beginBatch(parts: BatchParts, source: BatchSource, from: number): Promise<BegunBatch> {
  const stores = parts.read();
  const limit = parts.peopleInUnit ?? batchSize(source.plan.algorithm);
  const items = await stores.jobs.items(source.jobId, { state: 'waiting', from, limit });
  const people = new Map((await stores.people.findMany(items.map(({ personId }) => personId))).map((person) => [person.id, person]));
  const waiting = items.map((item) => ({ item, person: people.get(item.personId) }));
  const made = issueTo(parts, source, waiting);
  /* A batch that fails while an earlier one is written is told of when its turn comes. */
  made.catch(() => undefined);
  return { items, made };
}

async function issueTo(parts: BatchParts, source: BatchSource, waiting: readonly Omit<BatchMember, 'results'>[]): Promise<BatchMember[]> {
  const orders = waiting.map(({ person }) => ordersOf(parts, source.plan, person));
  const results = waiting.length === 0 ? [] : await parts.engine.issue(source.issuer, orders.flat(), source.terms);
  let at = 0;
  return waiting.map((member, index) => {
    const count = orders[index]?.length ?? 0;
    at += count;
    return { ...member, results: results.slice(at - count, at) };
  });
}

function ordersOf(parts: BatchParts, plan: IssuancePlan, person: PersonRow | undefined): ReturnType<typeof ordersFor> {
  return person === undefined || person.status === 'left' ? [] : ordersFor(plan, person, parts.random, parts.clock.now());
}
