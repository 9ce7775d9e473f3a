import type { SinkDelivery } from '../contract/sinks.ts';
import { AppError } from '../domain/errors.ts';
import type { AuditSinks, Delivery } from '../ports/audit-sinks.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { LeafRecord } from '../ports/stores/audit-log.ts';
import type { AuditTrail, EntryDraft } from './audit-trail.ts';
import type { PushMessage } from './handler.ts';
import { loggedEvents } from './logged-events.ts';
import { changeSink, findSink, readSinks, type SinkFailure, type SinkRecord } from './sink-records.ts';

export interface SinkDeliveryParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly auditTrail: AuditTrail;
  readonly auditSinks: AuditSinks;
  readonly sendNews: (messages: readonly PushMessage[]) => void;
}

/** Hands entries of the log over, to each sink in order and by one at a time. */
export interface SinkDeliveries {
  /** All that waits for a sink. What fails is remembered, and entered in the log once, as is that it works again. */
  deliver(name: string): Promise<SinkDelivery>;
  /** Begins with every sink that something waits for and whose next try has come; those under way go on. Resolves once all are done. */
  deliverDue(): Promise<void>;
  /** Resolves when what is under way has ended, which is soon: after the entries that are being handed over. */
  stop(): Promise<void>;
}

/** Entries handed over at once, and about how many characters of leaves. */
const mostEntries = 200;
const manyCharacters = 1 << 20;

/** Milliseconds to the first new try, and at most. */
const shortest = 2_000;
const longest = 600_000;

export function createSinkDeliveries(parts: SinkDeliveryParts): SinkDeliveries {
  const underWay = new Map<string, Promise<SinkDelivery>>();
  let isStopped = false;
  const deliver = (name: string): Promise<SinkDelivery> => {
    const before = underWay.get(name)?.catch(() => undefined) ?? Promise.resolve();
    const work = before.then(() => deliverWaiting(parts, name, () => isStopped));
    underWay.set(name, work);
    const forget = () => void (underWay.get(name) === work && underWay.delete(name));
    work.then(forget, forget);
    return work;
  };
  return {
    deliver,
    deliverDue: async () => {
      const stores = parts.read();
      const [size, now] = [await stores.auditLog.size(), parts.clock.now().toISOString()];
      const due = (await readSinks(stores)).filter(
        ({ name, next, failure }) => next < size && (failure === null || failure.nextTry <= now) && !underWay.has(name),
      );
      await Promise.all(due.map(({ name }) => deliver(name)));
    },
    stop: async () => {
      isStopped = true;
      await Promise.allSettled(underWay.values());
    },
  };
}

async function deliverWaiting(parts: SinkDeliveryParts, name: string, isStopped: () => boolean): Promise<SinkDelivery> {
  let delivered = 0;
  let error: SinkDelivery['error'] = null;
  while (!isStopped() && error === null) {
    const sink = await findSink(parts.read(), name);
    const outcome = sink && (await handOver(parts, sink));
    if (sink === undefined || outcome === undefined) break;
    await settle(parts, sink, outcome);
    delivered += outcome.taken;
    error = outcome.failure?.code ?? null;
  }
  return { name, delivered, waiting: await waitingFor(parts.read(), name), error };
}

/** Some of what waits; undefined where nothing does. An entry that cannot be read is a failure like all others. */
async function handOver(parts: SinkDeliveryParts, { next, target }: SinkRecord): Promise<Delivery | undefined> {
  const stores = parts.read();
  try {
    for await (const batch of stores.auditLog.leaves(next, mostEntries))
      return await parts.auditSinks.deliver(target, await loggedEvents(stores, someOf(batch)));
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { taken: 0, failure: error };
  }
}

function someOf(batch: readonly LeafRecord[]): readonly LeafRecord[] {
  let characters = 0;
  return batch.filter(({ leaf }, at) => (characters += leaf.length) <= manyCharacters || at === 0);
}

async function waitingFor(stores: ReadStores, name: string): Promise<number> {
  const [sink, size] = [await findSink(stores, name), await stores.auditLog.size()];
  return sink === undefined ? 0 : size - sink.next;
}

/** How far it is now is one unit with what that means; the log hears only of a beginning and an end. */
async function settle(parts: SinkDeliveryParts, sink: SinkRecord, { taken, failure }: Delivery): Promise<void> {
  const now = parts.clock.now();
  const failed = failure === undefined ? null : failureAfter(sink.failure, failure, now);
  const entries = newsOf(sink, failed);
  await parts.auditTrail.record(async (stores) => {
    const deliveredAt = taken > 0 ? { deliveredAt: now.toISOString() } : {};
    await changeSink(stores, sink.name, { next: sink.next + taken, failure: failed, ...deliveredAt });
    return { value: undefined, entries };
  });
  if (entries.length > 0) parts.sendNews([{ name: 'sinks.changed', payload: {} }]);
}

/** Each try comes twice as late as the one before. */
function failureAfter(before: SinkFailure | null, { code }: AppError, now: Date): SinkFailure {
  const tries = (before?.tries ?? 0) + 1;
  const pause = Math.min(shortest * 2 ** Math.min(tries - 1, 20), longest);
  return { since: before?.since ?? now.toISOString(), error: code, tries, nextTry: new Date(now.getTime() + pause).toISOString() };
}

function newsOf({ name, next, failure }: SinkRecord, failed: SinkFailure | null): readonly EntryDraft[] {
  if ((failure === null) === (failed === null)) return [];
  const entry = { action: 'audit.deliver', operator: undefined, host: 'core', subject: { sink: name, from: next } } as const;
  return failed === null ? [{ ...entry, outcome: 'success' }] : [{ ...entry, outcome: 'failed', error: failed.error }];
}
