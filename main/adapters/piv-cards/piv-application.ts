import {
  commandOctets,
  getResponse,
  isGood,
  moreOctets,
  readAnswer,
  type CardAnswer,
  type CardCommand,
} from '../../domain/piv/card-command.ts';
import { guidOf } from '../../domain/piv/piv-data.ts';
import { readChuid, selectPiv } from '../../domain/piv/piv-command.ts';
import type { CardLine } from '../../ports/readers.ts';

/** More than any object of a PIV card: a card that never ends is heard no further. */
const longestAnswer = 16_384;

/** One command, chained where it is long, and its whole answer. */
export async function perform(card: CardLine, command: CardCommand): Promise<CardAnswer> {
  let answer: CardAnswer = { data: new Uint8Array(), status: 0 };
  for (const octets of commandOctets(command)) {
    answer = readAnswer(await card.transmit(octets));
    octets.fill(0);
  }
  return wholeAnswer(card, answer);
}

async function wholeAnswer(card: CardLine, first: CardAnswer): Promise<CardAnswer> {
  const pieces = [first.data];
  let [last, length] = [first, first.data.length];
  while (moreOctets(last) > 0 && length < longestAnswer) {
    last = readAnswer(await card.transmit(getResponse(moreOctets(last))));
    pieces.push(last.data);
    length += last.data.length;
  }
  return { data: Buffer.concat(pieces), status: last.status };
}

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
