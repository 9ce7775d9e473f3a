import { useCallback, useEffect, useRef, useState } from 'react';
import type { JobItem, JobSummary } from '../../../main/contract/enrollment.ts';
import type { OutputFor } from '../../api.ts';
import { useApi } from '../../state/api-context.ts';
import { useQuery, type Query } from '../../state/use-query.ts';
import { passedOf } from './job-words.ts';

/** How many who need somebody are named; the bar counts them all. */
const namedFailures = 200;
/** Around the place where a running job is: some who are through, some to come. */
const before = 60;
const around = 120;
const pageLength = 500;

/** A job with those of its people who need somebody. */
export const useJob = (job: string): Query<OutputFor<'enrollment.job'>> =>
  useQuery('enrollment.job', { job, state: 'failed', limit: namedFailures });

/** The people around the place where a running job is: the newest who are through first, then those to come. */
export function useItemsAround(summary: JobSummary): readonly JobItem[] {
  const from = Math.max(0, passedOf(summary) - before);
  const { data } = useQuery('enrollment.job', { job: summary.id, from, limit: around });
  const items = data?.items.filter(({ state }) => state !== 'failed') ?? [];
  const isToCome = ({ state }: JobItem): boolean => state === 'waiting';
  return [...items.filter((item) => !isToCome(item)).toReversed(), ...items.filter(isToCome)];
}

/** All people of a job that has ended, page by page, without those who need somebody. */
export function useEndedItems(job: string) {
  const api = useApi();
  const [items, setItems] = useState<readonly JobItem[]>([]);
  const next = useRef<number | null>(0);
  const loadMore = useCallback(async () => {
    const from = next.current;
    if (from === null) return;
    next.current = null;
    const page = await api.call('enrollment.job', { job, from, limit: pageLength }).catch(() => undefined);
    const last = page?.items.at(-1);
    if (page === undefined) next.current = from;
    else if (page.items.length === pageLength && last !== undefined) next.current = last.position + 1;
    setItems((shown) => [...shown, ...(page?.items.filter(({ state }) => state !== 'failed') ?? [])]);
  }, [api, job]);
  useEffect(() => void loadMore(), [loadMore]);
  return { items, loadMore: () => void loadMore() };
}
