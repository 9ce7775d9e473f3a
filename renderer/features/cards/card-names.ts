import type { TokenList, TokenSummary, UnfinishedOnToken } from '../../../main/contract/tokens.ts';

/** The number in the middle of an OpenPGP card's application identifier. */
const openPgpNumber = /^D27600012401.{8}(.{8}).{4}$/i;

/** The last four characters of a card's number, as they are printed on it and said on the telephone. */
export const cardEnding = ({ serialNumber }: Pick<TokenSummary, 'serialNumber'>): string =>
  (openPgpNumber.exec(serialNumber.trim())?.[1] ?? serialNumber.trim()).slice(-4).toUpperCase();

/** How many cards are in: those that drivers show, and OpenPGP cards, which are none of theirs. */
export const countCards = ({ tokens, readers }: Pick<TokenList, 'tokens' | 'readers'>): number =>
  tokens.length + readers.filter(({ token }) => token !== null && !tokens.some(({ serialNumber }) => serialNumber === token)).length;

/** Whose card it is; null while nobody's key is on it. */
export type Owner = { readonly id: string; readonly name: string } | null;

export const ownerOf = ({ personId, personName }: Pick<TokenSummary, 'personId' | 'personName'>): Owner =>
  personId === null || personName === null ? null : { id: personId, name: personName };

/** For whom a key is put on a card without asking: whose was begun and not finished, else whose is on it. */
export function beneficiaryOf(
  card: Pick<TokenSummary, 'serialNumber' | 'personId' | 'personName'>,
  unfinished: readonly Pick<UnfinishedOnToken, 'token' | 'personId' | 'personName'>[],
): Owner {
  const begun = unfinished.find(({ token, personId }) => personId !== null && token === card.serialNumber);
  return ownerOf(begun ?? card);
}
