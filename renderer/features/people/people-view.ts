import { useState } from 'react';
import type { InputFor } from '../../api.ts';
import { useNavigation, type RouteOf } from '../../state/navigation.ts';

type ListInput = InputFor<'people.list'>;

/** What of the list is shown, and in which order. */
export interface PeopleView {
  readonly search: string;
  readonly filter: NonNullable<ListInput['filter']>;
  readonly sort: NonNullable<ListInput['sort']>;
  readonly descending: boolean;
}

const filters: readonly string[] = ['everyone', 'attention', 'ending', 'uncovered', 'left'] satisfies PeopleView['filter'][];

const isFilter = (value: string | undefined): value is PeopleView['filter'] => value !== undefined && filters.includes(value);

/** The view of the list. It is remembered in its place, so that the way back from a person shows the same. */
export function usePeopleView(route: RouteOf<'people'>) {
  const replace = useNavigation((navigation) => navigation.replace);
  const [order, setOrder] = useState<Pick<PeopleView, 'sort' | 'descending'>>({
    sort: route.sort ?? 'need',
    descending: route.descending ?? false,
  });
  const view: PeopleView = { search: route.search ?? '', filter: isFilter(route.filter) ? route.filter : 'everyone', ...order };
  const change = (changed: Partial<PeopleView>) => {
    const next = { ...view, ...changed };
    setOrder({ sort: next.sort, descending: next.descending });
    replace({ name: 'people', ...next });
  };
  return { view, change };
}
