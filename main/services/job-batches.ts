import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { IssuanceEngine, IssuanceResult, LoadedIssuer, SealingPlan } from '../ports/issuance.ts';
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
  readonly under: SealingPlan;
}

/**
 * People in one unit: as many as keep a unit's writing well under the 20 ms it may hold the loop, and few enough where a
 * key takes long that progress is seen and little is lost when the process is killed.
 */
const batchSize = (algorithm: KeyAlgorithm): number => (algorithm.startsWith('rsa') ? 4 : 100);

/** Has the keys of the job's next people made, from item `from` on; an empty batch at the end. */
export async function makeBatch(parts: BatchParts, source: BatchSource, from: number): Promise<readonly BatchMember[]> {
  const stores = parts.read();
  const items = await stores.jobs.items(source.jobId, {
    state: 'waiting',
    from,
    limit: parts.peopleInUnit ?? batchSize(source.plan.algorithm),
  });
  const people = new Map((await stores.people.findMany(items.map(({ personId }) => personId))).map((person) => [person.id, person]));
  const orders = items.map(({ personId }) => ordersOf(parts, source.plan, people.get(personId)));
  const results = orders.length === 0 ? [] : await parts.engine.issue(source.issuer, orders.flat(), source.under);
  let at = 0;
  return items.map((item, index) => {
    const count = orders[index]?.length ?? 0;
    at += count;
    return { item, person: people.get(item.personId), results: results.slice(at - count, at) };
  });
}

function ordersOf(parts: BatchParts, plan: IssuancePlan, person: PersonRow | undefined): ReturnType<typeof ordersFor> {
  return person === undefined || person.status === 'left' ? [] : ordersFor(plan, person, parts.random, parts.clock.now());
}
