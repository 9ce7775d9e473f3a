import type { Clock } from '../ports/clock.ts';
import type { ReadStores, Stores } from '../ports/database.ts';
import type { AuditTrail, EntryDraft } from './audit-trail.ts';
import { raise } from './watch.ts';
import { readWatchPolicy } from './watch-policy.ts';

export interface ReviewWatchParts {
  readonly read: () => ReadStores;
  readonly clock: Clock;
  readonly auditTrail: AuditTrail;
  /** Calls again and again after so many milliseconds, until the returned function is called. */
  readonly repeat: (milliseconds: number, act: () => void) => () => void;
  readonly report: (error: unknown) => void;
}

/** Raises an alarm for each recovery that nobody has signed off in time: what did not happen leaves no entry to watch for. */
export interface ReviewWatch {
  /** Looks at once, and from now on. */
  begin(): void;
  /** Resolves when what is under way is done. */
  stop(): Promise<void>;
}

const [day, pause] = [86_400_000, 3_600_000];

export function createReviewWatch(parts: ReviewWatchParts): ReviewWatch {
  let stop: (() => void) | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = () => {
    looking = looking.then(() => lookForExpired(parts).catch(parts.report));
  };
  return {
    begin: () => {
      stop ??= parts.repeat(pause, look);
      look();
    },
    stop: () => {
      stop?.();
      return looking;
    },
  };
}

async function lookForExpired(parts: ReviewWatchParts): Promise<void> {
  const now = parts.clock.now();
  if ((await expired(parts.read(), now)).length === 0) return;
  await parts.auditTrail.record(async (stores, { time, auditIndex }) => {
    const entries: EntryDraft[] = [];
    for (const id of await expired(stores, now))
      entries.push(await raise(stores, { rule: 'review-expired', about: id, at: time, index: auditIndex + entries.length, count: 1 }));
    return { value: undefined, entries };
  });
}

/** Requests whose time is over and that no alarm was raised for yet. */
async function expired(stores: ReadStores | Stores, now: Date): Promise<readonly string[]> {
  const { reviewDays } = await readWatchPolicy(stores);
  const overdue = (await stores.escrow.unreviewed()).filter(
    ({ doneAt }) => doneAt !== null && now.getTime() - Date.parse(doneAt) > reviewDays * day,
  );
  const fresh: string[] = [];
  for (const { id } of overdue) if ((await stores.incidents.alarmsAbout('review-expired', id)).length === 0) fresh.push(id);
  return fresh;
}
