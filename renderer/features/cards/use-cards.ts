import { useState } from 'react';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { useQuery } from '../../state/use-query.ts';

/** The cards in the readers and the drivers that see them, asked again whenever one comes or goes. */
export const useCards = () => useQuery('tokens.list', {});

/** The card a certificate's key is on, if it is in a reader. */
export function useCardWith(certificate: string): TokenSummary | undefined {
  const { data } = useCards();
  return data?.tokens.find(({ certificates }) => certificates.some(({ id }) => id === certificate));
}

/** One card, as it was last seen while it is out; undefined until it is seen. */
export function useCard(serialNumber: string) {
  const { data, reload } = useCards();
  const seen = data?.tokens.find((token) => token.serialNumber === serialNumber);
  const [last, setLast] = useState<TokenSummary>();
  if (seen !== undefined && seen !== last) setLast(seen);
  return { card: seen ?? last, isOut: seen === undefined, data, reload };
}
