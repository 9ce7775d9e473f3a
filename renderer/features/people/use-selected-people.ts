import { useMemo, useState } from 'react';
import type { PersonSummary } from '../../../main/contract/people.ts';

/** The people chosen in the list: they stay chosen while another filter hides them, and are shown as they are now. */
export function useSelectedPeople(listed: readonly PersonSummary[]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, PersonSummary>>(new Map());
  const known = useMemo(() => new Map([...chosen, ...listed.map((person) => [person.id, person] as const)]), [chosen, listed]);
  const ids = useMemo(() => new Set(chosen.keys()), [chosen]);
  const people = useMemo(() => Array.from(chosen, ([id, person]) => known.get(id) ?? person), [chosen, known]);
  const select = (selected: ReadonlySet<string>) =>
    setChosen(
      new Map(Array.from(selected).flatMap((id) => [known.get(id)].flatMap((person) => (person === undefined ? [] : [[id, person]])))),
    );
  return { ids, people, select, clear: () => setChosen(new Map()) };
}
