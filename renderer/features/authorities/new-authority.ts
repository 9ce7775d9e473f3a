import type { AuthoritySummary } from '../../../main/contract/authorities.ts';
import type { TokenSummary } from '../../../main/contract/tokens.ts';
import type { InputFor } from '../../api.ts';
import { isFollowed } from './tree.ts';
import { faultyDomain, splitDomains } from './authority-words.ts';

export const algorithms = ['p384', 'p256', 'p521', 'rsa-4096'] as const;

/** In the field for the one above: nobody, a root signs itself. */
export const itself = 'itself';

/** What has been typed so far. */
export interface TypedAuthority {
  readonly name: string;
  readonly under: string;
  readonly signs: 'people' | 'authorities';
  readonly algorithm: (typeof algorithms)[number];
  readonly domains: string;
  readonly use: boolean;
  /** Serial number of the card its key is made on; empty: it is sealed in the vault. */
  readonly token: string;
}

/** Below the first root, as most are. */
export const nothingTyped = (authorities: readonly AuthoritySummary[]): TypedAuthority => ({
  name: '',
  under: possibleParents(authorities)[0]?.id ?? itself,
  signs: 'people',
  algorithm: 'p384',
  domains: '',
  use: false,
  token: '',
});

/** Who may sign another one, each with the newest of its keys, wherever that is. */
const signers = (authorities: readonly AuthoritySummary[]): readonly AuthoritySummary[] =>
  authorities.filter(({ id, levelsBelow, revokedAt }) => levelsBelow > 0 && revokedAt === null && !isFollowed(authorities, id));

/** Who may sign another one, and can: with the key at hand. */
export const possibleParents = (authorities: readonly AuthoritySummary[]): readonly AuthoritySummary[] =>
  signers(authorities).filter(({ keyStore, keyToken }) => keyStore !== 'offline' && keyToken?.isOpen !== false);

/** Names of those who could sign another one were their keys not offline. */
export const offlineParents = (authorities: readonly AuthoritySummary[]): readonly string[] =>
  signers(authorities)
    .filter(({ keyStore }) => keyStore === 'offline')
    .map(({ name }) => name);

export const isComplete = ({ name, under, domains }: TypedAuthority): boolean =>
  name.trim() !== '' && (under === itself || faultyDomain(domains) === undefined);

/** What keys a card makes that an authority's can be. */
export const algorithmsOn = (card: Pick<TokenSummary, 'algorithms'> | undefined): readonly (typeof algorithms)[number][] =>
  card === undefined ? algorithms : algorithms.filter((algorithm) => card.algorithms.includes(algorithm));

/** Cards that an authority's key can be made on: nobody's, or with one already. */
export const cardsForKeys = (cards: readonly TokenSummary[]): readonly TokenSummary[] =>
  cards.filter((card) => card.personId === null && card.lostAt === null && algorithmsOn(card).length > 0);

/** The order; a path length only as long as the one above allows. */
export function authorityOrder(typed: TypedAuthority, parent: AuthoritySummary | undefined): InputFor<'authorities.create'> {
  const { name, algorithm } = typed;
  if (parent === undefined) return { name, algorithm };
  const signsOthers = typed.signs === 'authorities' && parent.levelsBelow > 1;
  return {
    name,
    algorithm,
    under: parent.id,
    mailDomains: splitDomains(typed.domains),
    pathLength: signsOthers ? parent.levelsBelow - 1 : 0,
    use: typed.use,
  };
}
