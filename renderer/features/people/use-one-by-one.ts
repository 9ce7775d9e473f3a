import { useRef, useState } from 'react';
import { AppError } from '../../../main/domain/errors.ts';
import type { Api } from '../../api.ts';
import { useApi } from '../../state/api-context.ts';
import { areasTouchedBy, refreshAreas } from '../../state/refresh.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { wordingOf } from '../../ui/error-notice.tsx';

interface Somebody {
  readonly id: string;
  readonly name: string;
}

export interface OneByOne {
  readonly stage: 'ask' | 'work' | 'done';
  readonly done: number;
  readonly failures: readonly { readonly person: Somebody; readonly reason: string }[];
  /** What stood in everybody's way, where that ended it. */
  readonly error: unknown;
}

interface Work {
  /** The call it is about: what shows its area is read anew at the end. */
  readonly call: Parameters<typeof areasTouchedBy>[0];
  readonly act: (api: Api, person: Somebody) => Promise<unknown>;
  /** What is said aloud at the end. */
  readonly told: (done: number) => string;
  /** Codes of what stands in everybody's way. */
  readonly endsWith?: ReadonlySet<string>;
}

/** Does something for one person after the other, each a change of its own in the log; what fails for one stops nobody else. */
export function useOneByOne(people: readonly Somebody[], { call, told, endsWith }: Omit<Work, 'act'>) {
  const api = useApi();
  const announce = useAnnounce();
  const isStopping = useRef(false);
  const [going, setGoing] = useState<OneByOne>({ stage: 'ask', done: 0, failures: [], error: undefined });
  const start = async (act: Work['act']) => {
    let now: OneByOne = { stage: 'work', done: 0, failures: [], error: undefined };
    for (const person of people) {
      if (isStopping.current) break;
      setGoing(now);
      try {
        await act(api, person);
        now = { ...now, done: now.done + 1 };
      } catch (error) {
        if (error instanceof AppError && endsWith?.has(error.code) === true) {
          now = { ...now, error };
          break;
        }
        now = { ...now, failures: [...now.failures, { person, reason: wordingOf(error).text }] };
      }
    }
    refreshAreas(api.cache, areasTouchedBy(call));
    setGoing({ ...now, stage: 'done' });
    announce(told(now.done));
  };
  return { going, start, stop: () => (isStopping.current = true) };
}
