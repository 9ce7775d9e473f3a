import { isGood, perform as performOn, type CardAnswer, type CardCommand } from '../../domain/piv/card-command.ts';
import { guidOf } from '../../domain/piv/piv-data.ts';
import { readChuid, selectPiv } from '../../domain/piv/piv-command.ts';
import type { CardLine } from '../../ports/readers.ts';

/** One command to a card, and its whole answer. */
export const perform = async (card: CardLine, command: CardCommand): Promise<CardAnswer> =>
  performOn(async (octets) => card.transmit(octets), command);

/**
 * The name of a PIV card, null where it has none; undefined for any other card. Where the application answers already it is not
 * selected again: some cards would forget who has shown a PIN, which may be a mail program at work.
 */
export async function selectedPiv(card: CardLine): Promise<string | null | undefined> {
  const guid = guidIn(await perform(card, readChuid));
  if (guid !== undefined) return guid;
  if (!isGood(await perform(card, selectPiv))) return undefined;
  return guidIn(await perform(card, readChuid)) ?? null;
}

const guidIn = (answer: CardAnswer): string | undefined => (isGood(answer) ? guidOf(answer.data) : undefined);
