import { useState } from 'react';
import type { SigningIn } from './use-signing-in.ts';

/** Gives what was typed to the core; a refusal is told as one at the door is. */
export function useProof(signing: SigningIn, onProven: () => void) {
  const [isRunning, setRunning] = useState(false);
  const run = async (prove: () => Promise<unknown>): Promise<void> => {
    setRunning(true);
    try {
      await prove();
      onProven();
    } catch (error) {
      signing.refused(error);
      setRunning(false);
    }
  };
  return { isRunning, run };
}
