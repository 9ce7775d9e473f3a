import type { TokenSummary } from '../../../main/contract/tokens.ts';
import { useQuery } from '../../state/use-query.ts';

/** The cards in the readers and the drivers that see them, asked again whenever one comes or goes. */
export const useCards = () => useQuery('tokens.list', {});

/** The card a certificate's key is on, if it is in a reader. */
export function useCardWith(certificate: string): TokenSummary | undefined {
  const { data } = useCards();
  return data?.tokens.find(({ certificates }) => certificates.some(({ id }) => id === certificate));
}
