import { defaultWatchPolicy, type WatchPolicy } from '../domain/watch/policy.ts';
import type { ReadStores } from '../ports/database.ts';

/** What the log is watched for, and how long it is kept, as it holds now. */
export async function readWatchPolicy({ settings }: Pick<ReadStores, 'settings'>): Promise<WatchPolicy> {
  const text = await settings.get('watch');
  return text === undefined ? defaultWatchPolicy : { ...defaultWatchPolicy, ...(JSON.parse(text) as Partial<WatchPolicy>) };
}
