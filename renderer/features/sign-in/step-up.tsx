import { useEffect, useState } from 'react';
import { useApi } from '../../state/api-context.ts';
import { CardProof } from './card-proof.tsx';
import { PassphraseProof } from './passphrase-proof.tsx';

interface Asked {
  /** Serial number of the card this session was opened with. */
  readonly card: string | null;
  readonly end: (isProven: boolean) => void;
}

/** Asks once more who is there, above whatever is open, before an act that wants to know. Closed without an answer, the act is refused. */
export function StepUp() {
  const api = useApi();
  const [asked, setAsked] = useState<Asked>();
  useEffect(() => {
    const waiting = new Set<(isProven: boolean) => void>();
    const ask = (card: string | null) =>
      new Promise<boolean>((resolve) => {
        waiting.add(resolve);
        const end = (isProven: boolean) => {
          waiting.delete(resolve);
          resolve(isProven);
          setAsked(undefined);
        };
        setAsked({ card, end });
      });
    const unheard = api.onProofNeeded(ask);
    return () => {
      unheard();
      waiting.forEach((resolve) => resolve(false));
    };
  }, [api]);
  if (asked === undefined) return null;
  const { card, end } = asked;
  return card === null ? <PassphraseProof onEnd={end} /> : <CardProof token={card} onEnd={end} />;
}
