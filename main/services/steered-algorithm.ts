import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import { programsWithoutUse } from '../domain/mail-client/fitness.ts';
import type { ReadStores } from '../ports/database.ts';
import { readPolicies } from './policies.ts';

/** What keys are made as, and the mail programs that made it so: as people call them, none where it is what was wished for. */
export interface SteeredAlgorithm<A extends KeyAlgorithm> {
  readonly algorithm: A | 'rsa-3072';
  readonly because: readonly string[];
}

/**
 * What every mail program the practice uses can work with: the wish, or RSA where one of them can do nothing with that. Only for what nobody asked
 * for: who names an algorithm gets it, and the hand-over says what it is of no use in.
 */
export async function steerAlgorithm<A extends KeyAlgorithm>(stores: ReadStores, wished: A): Promise<SteeredAlgorithm<A>> {
  const because = programsWithoutUse(wished, (await readPolicies(stores)).mailPrograms);
  return { algorithm: because.length === 0 ? wished : 'rsa-3072', because };
}
