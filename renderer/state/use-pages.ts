import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CallName, InputFor, OutputFor } from '../api.ts';
import { useApi } from './api-context.ts';
import { keyOf } from './query-cache.ts';
import { useHeld } from './use-held.ts';

/** Calls that answer a page and say where the next one begins. */
export type PagedName = {
  [N in CallName]: OutputFor<N> extends { readonly next?: string }
    ? InputFor<N> extends { after?: string | undefined }
      ? N
      : never
    : never;
}[CallName];

type PageInput<Name extends PagedName> = Omit<InputFor<Name>, 'after'>;

export interface Pages<Output, Item> {
  readonly items: readonly Item[];
  /** The first page as it was answered, with its counts. */
  readonly first: Output | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  /** Asks for the next page; nothing while one is on its way. */
  readonly loadMore: () => void;
  readonly reload: () => void;
}

interface Shown<Output> {
  /** Which question the pages answer. */
  readonly key: string;
  readonly pages: readonly Output[];
  readonly error: unknown;
}

const nextOf = (page: unknown): string | undefined => (page as { readonly next?: string } | undefined)?.next;

/** Asks for `count` pages one after the other; each says where the next begins. */
async function askPages<Output>(ask: (after: string | undefined) => Promise<Output>, count: number): Promise<Output[]> {
  const pages: Output[] = [];
  do {
    pages.push(await ask(nextOf(pages.at(-1))));
  } while (pages.length < count && nextOf(pages.at(-1)) !== undefined);
  return pages;
}

/**
 * A long list page by page: `usePages('people.list', { filter }, (page) => page.people)`. While another input is
 * asked for, the old list stays. A push that touches its area asks for as many pages again as are shown.
 */
export function usePages<Name extends PagedName, Item>(
  name: Name,
  input: PageInput<Name>,
  itemsOf: (page: OutputFor<Name>) => readonly Item[],
  { isStill = false }: { readonly isStill?: boolean } = {},
): Pages<OutputFor<Name>, Item> {
  const api = useApi();
  const key = keyOf(name, input);
  const held = useHeld(key, input);
  const pick = useHeld(name, itemsOf);
  const [shown, setShown] = useState<Shown<OutputFor<Name>>>({ key: '', pages: [], error: undefined });
  const [isAsking, setAsking] = useState(false);
  const turn = useRef(0);
  const load = useCallback(
    async (from: readonly OutputFor<Name>[], count: number) => {
      const mine = ++turn.current;
      const ask = (after: string | undefined) => api.call(name, { ...held, ...(after === undefined ? {} : { after }) } as InputFor<Name>);
      const answer = await askPages((after) => ask(after ?? nextOf(from.at(-1))), count).then(
        (pages) => ({ pages: [...from, ...pages], error: undefined }),
        (error: unknown) => ({ error }),
      );
      if (mine !== turn.current) return;
      setShown((before) => ({ ...before, ...answer, key }));
      setAsking(false);
    },
    [api, name, key, held],
  );
  const isNew = shown.key !== key;
  const count = isNew ? 1 : Math.max(1, shown.pages.length);
  const reload = useCallback(() => void load([], count), [load, count]);
  useEffect(() => void load([], 1), [load]);
  useEffect(() => (isStill ? undefined : api.cache.onRefresh((matches) => matches(name) && reload())), [api, isStill, name, reload]);
  const { pages, error } = shown;
  const isLoading = isNew || isAsking;
  const hasMore = !isNew && nextOf(pages.at(-1)) !== undefined;
  const loadMore = useCallback(() => {
    if (!hasMore || isLoading) return;
    setAsking(true);
    void load(pages, 1);
  }, [hasMore, isLoading, load, pages]);
  const items = useMemo(() => pages.flatMap((page) => [...pick(page)]), [pages, pick]);
  return { items, first: pages[0], error, isLoading, hasMore, loadMore, reload };
}
