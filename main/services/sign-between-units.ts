import { concatenate } from '../domain/asn1/der-writer.ts';
import { AppError } from '../domain/errors.ts';
import type { AuthoritySign } from '../ports/key-pairs.ts';
import type { TokenSigner } from '../ports/tokens.ts';

/** Leaves a unit that needs a signature which takes longer than a unit may: it rolls back, the signature is made, and the unit runs again. */
class SignatureNeeded extends Error {
  readonly obtain: () => Promise<void>;

  constructor(obtain: () => Promise<void>) {
    super('a unit needs a signature that is made outside of it');
    this.obtain = obtain;
  }
}

/** Signs outside units; within one it gives what was made of the same octets before, or ends the unit with `SignatureNeeded`. */
export function signBetweenUnits(
  { sign, each }: Pick<TokenSigner, 'sign' | 'each'>,
  sha256Hex: (octets: Uint8Array) => string,
): AuthoritySign {
  const made = new Map<string, Uint8Array>();
  const inTurns = async (pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
    const data = await gather(pieces);
    const digest = sha256Hex(data);
    const known = made.get(digest);
    if (known !== undefined) return known;
    throw new SignatureNeeded(async () => void made.set(digest, await sign(data)));
  };
  return Object.assign((data: Uint8Array) => sign(data), { each, inTurns });
}

/** What passes is used again by who makes it, so it is copied. */
async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const copies: Uint8Array[] = [];
  for await (const piece of pieces) copies.push(Uint8Array.from(piece));
  return concatenate(copies);
}

/** Lists that one unit makes, those ahead of their time included, and again where others write meanwhile. */
const mostRounds = 100;

/** The time a unit stands at: that of its first round, so that what it writes is the same again, unless others have written since. */
export type TimeOfRound = (now: Date, latest: string | undefined) => string;

/**
 * Runs a unit until nothing that it needs is left to sign. @throws AppError what signing throws; store.busy where others write all the time
 */
export async function inRounds<T>(unit: (timeOf: TimeOfRound) => Promise<T>): Promise<T> {
  let time: string | undefined;
  const timeOf: TimeOfRound = (now, latest) => (time = time === undefined || (latest ?? '') > time ? now.toISOString() : time);
  for (let round = 0; round < mostRounds; round++) {
    try {
      return await unit(timeOf);
    } catch (error) {
      if (!(error instanceof SignatureNeeded)) throw error;
      await error.obtain();
    }
  }
  throw new AppError('store.busy', 'Others wrote while a token signed, again and again.');
}
