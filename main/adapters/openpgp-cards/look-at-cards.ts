import { setTimeout as pass } from 'node:timers/promises';
import { AppError } from '../../domain/errors.ts';
import {
  readHolder,
  readOpenPgpCard,
  readRelatedData,
  selectOpenPgp,
  type OpenPgpCardFacts,
} from '../../domain/openpgp/card-application.ts';
import { isGood, perform, type CardCommand } from '../../domain/piv/card-command.ts';
import type { SeenOpenPgpCard } from '../../ports/openpgp-cards.ts';
import type { CardLine, Readers } from '../../ports/readers.ts';

export interface LookAt {
  /** These readers; all, where none are named. */
  readonly among?: readonly string[] | undefined;
  /** What was seen before: a card that is in and cannot be asked now, because another program speaks to it, is as it was. */
  readonly last?: readonly SeenOpenPgpCard[];
}

/** The OpenPGP cards in readers. Spends no try. */
export async function lookAtCards(readers: Readers, { among, last = [] }: LookAt): Promise<readonly SeenOpenPgpCard[]> {
  const seen = await readers.survey();
  const holding = seen.readers.filter(({ name, card }) => card === 'present' && (among === undefined || among.includes(name)));
  const found = await Promise.all(
    holding.map(async ({ name }) => {
      const facts = await lookPatiently(readers, name);
      if (facts === 'unanswered') return last.filter(({ reader }) => reader === name);
      return facts === undefined ? [] : [{ ...facts, reader: name }];
    }),
  );
  return found.flat();
}

/** A card that was just put in, or that another program has reset, answers a moment later. Milliseconds. */
const [looks, pause] = [3, 300];

type Look = OpenPgpCardFacts | undefined | 'unanswered' | 'gone';

/** Undefined for any other card, and for one that is gone. */
async function lookPatiently(readers: Readers, name: string): Promise<Exclude<Look, 'gone'>> {
  for (let left = looks - 1; ; left--) {
    const found = await lookOnce(readers, name);
    if (typeof found !== 'string') return found;
    if (left === 0) return found === 'gone' ? undefined : found;
    await pass(pause);
  }
}

async function lookOnce(readers: Readers, name: string): Promise<Look> {
  try {
    return await readers.withCard(name, factsOf);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'token.device-failed' ? 'unanswered' : 'gone';
  }
}

async function factsOf(card: CardLine): Promise<OpenPgpCardFacts | undefined> {
  const ask = async (command: CardCommand) => perform(async (octets) => card.transmit(octets), command);
  if (!isGood(await ask(selectOpenPgp))) return undefined;
  const [related, holder] = [await ask(readRelatedData), await ask(readHolder)];
  return isGood(related) ? readOpenPgpCard(related.data, isGood(holder) ? holder.data : new Uint8Array()) : undefined;
}
