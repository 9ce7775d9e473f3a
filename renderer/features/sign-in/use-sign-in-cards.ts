import { useEffect } from 'react';
import type { SignInCard } from '../../../main/contract/session.ts';
import { useQuery } from '../../state/use-query.ts';

/** Nobody is signed in who would be told that a card came or went: it is asked for, every so many milliseconds. */
const pause = 2_000;

/** The cards that are in a reader now and sign somebody in. */
export function useSignInCards(): readonly SignInCard[] {
  const { data, reload } = useQuery('session.cards', {}, { isStill: true });
  useEffect(() => {
    const timer = setInterval(() => void reload(), pause);
    return () => clearInterval(timer);
  }, [reload]);
  return data?.cards ?? [];
}
