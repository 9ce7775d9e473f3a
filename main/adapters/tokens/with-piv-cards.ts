import { AppError } from '../../domain/errors.ts';
import { slotOfPlace } from '../../domain/piv/key-places.ts';
import { pivCodeLength } from '../../domain/piv/piv-command.ts';
import { triesStatus, wrongPin, type PinStatus } from '../../domain/token/pin-status.ts';
import { isSlotOf, type SeenReader } from '../../domain/token/reader-health.ts';
import type { PivAddress, PivCards, PivFacts } from '../../ports/piv-cards.ts';
import type { Readers } from '../../ports/readers.ts';
import type { FoundToken, TokenAddress, Tokens } from '../../ports/tokens.ts';
import { tellingFull } from './telling-full.ts';

interface SeenCard {
  readonly reader: string;
  readonly facts: PivFacts;
}

/**
 * Tokens as their modules show them, and beside it what the PIV cards among them tell of themselves: how many tries are left,
 * to the number, and the PUK as their unlock code. Modules that show one card as several tokens show it once: the one that can
 * make keys on it counts.
 */
export function withPivCards(tokens: Tokens, readers: Pick<Readers, 'survey'>, cards: PivCards): Tokens {
  const look = async (found: readonly FoundToken[]) => seenCards(found, await readers.survey(), cards);
  /** After a wrong PIN the card is asked what is left, which spends nothing. */
  const counting = async <T>(address: TokenAddress, act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      throw error instanceof AppError && error.code === 'token.pin-incorrect' ? await counted(error, address) : error;
    }
  };
  const find = async ({ module, serialNumber }: TokenAddress): Promise<SeenCard | undefined> => {
    const found = (await tokens.survey()).tokens.filter((token) => token.module === module && token.serialNumber === serialNumber);
    return (await look(found)).get(found[0]?.reader ?? '');
  };
  const counted = async (error: AppError, address: TokenAddress): Promise<AppError> => {
    const left = (await find(address))?.facts.pin.left ?? null;
    return left === null ? error : wrongPin(triesStatus(left), left);
  };
  const room = async (token: TokenAddress, managementKey: Uint8Array, octets: number) => {
    const card = await find(token);
    return card && cards.hasRoom(addressOf(card), managementKey, octets);
  };
  return {
    ...tokens,
    survey: async () => {
      const survey = await tokens.survey();
      const seen = await look(survey.tokens);
      return { ...survey, tokens: onceEach(survey.tokens, seen).map((token) => withFacts(token, seen.get(token.reader))) };
    },
    checkPin: async (token, pin) => counting(token, async () => tokens.checkPin(token, pin)),
    openSigner: async (token, pin, key) => counting(token, async () => tokens.openSigner(token, pin, key)),
    changePin: async (token, change) => counting(token, async () => tokens.changePin(token, change)),
    unblock: async (token, unblocking) => {
      const card = await find(token);
      if (card === undefined) return tokens.unblock(token, unblocking);
      return cards.unblock(addressOf(card), unblocking.soPin, unblocking.newPin);
    },
    ...tellingFull(tokens, room),
    attest: async (token, ckaId) => {
      const [card, slot] = [await find(token), slotOfPlace(ckaId[0] ?? 0)];
      return card === undefined || slot === undefined || ckaId.length !== 1 ? undefined : cards.attest(addressOf(card), slot);
    },
    replaceUnlockCode: async (token, change) => {
      const card = await find(token);
      if (card === undefined) return tokens.replaceUnlockCode(token, change);
      return cards.changePuk(addressOf(card), change.unlockCode, change.newUnlockCode);
    },
  };
}

const addressOf = ({ reader, facts }: SeenCard): PivAddress => ({ reader, guid: facts.guid });

/** PIV cards by the slots of the tokens that show them. */
async function seenCards(
  found: readonly FoundToken[],
  { readers }: { readonly readers: readonly SeenReader[] },
  cards: PivCards,
): Promise<ReadonlyMap<string, SeenCard>> {
  const holding = readers.filter(({ name, card }) => card === 'present' && found.some(({ reader }) => isSlotOf(reader, name)));
  const seen = await Promise.all(holding.map(async (reader) => ({ reader: reader.name, facts: await cards.look(reader) })));
  const known = seen.flatMap(({ reader, facts }) => (facts === undefined ? [] : [{ reader, facts }]));
  return new Map(
    found.flatMap(({ reader }) => {
      const card = known.find((one) => isSlotOf(reader, one.reader));
      return card === undefined ? [] : [[reader, card] as const];
    }),
  );
}

function onceEach(found: readonly FoundToken[], seen: ReadonlyMap<string, SeenCard>): readonly FoundToken[] {
  const isBetter = (other: FoundToken, token: FoundToken) => {
    const [one, two] = [seen.get(other.reader), seen.get(token.reader)];
    return other !== token && one !== undefined && one.reader === two?.reader && other.algorithms.length > token.algorithms.length;
  };
  return found.filter((token) => !found.some((other) => isBetter(other, token)));
}

function withFacts(token: FoundToken, card: SeenCard | undefined): FoundToken {
  if (card === undefined) return token;
  const { pin, puk, managementKey } = card.facts;
  return {
    ...token,
    pin: pinStatusOf(token.pin, pin.left),
    unlockCode: puk.left === null ? token.unlockCode : triesStatus(puk.left),
    tries: { pin: pin.left, unlockCode: puk.left },
    isUnlockCodeFactory: puk.isFactory,
    isManagementKeyFactory: managementKey.isFactory,
    pinLength: pivCodeLength,
  };
}

const pinStatusOf = (told: PinStatus, left: number | null): PinStatus => (left === null ? told : triesStatus(left));
