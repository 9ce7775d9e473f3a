import { hexDecode, hexEncode } from '../domain/encoding/hex.ts';
import { choosePlace, type PlaceUse } from '../domain/piv/key-places.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReadStores } from '../ports/database.ts';
import type { Random } from '../ports/random.ts';
import type { TokenKeyRecord } from '../ports/stores/tokens.ts';
import type { FoundToken, Tokens } from '../ports/tokens.ts';
import { isStillGood } from './certificate-view.ts';
import { certificatesOn } from './token-list.ts';

export interface TokenPlaceParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
  readonly random: Random;
  readonly clock: Clock;
}

/**
 * CKA_ID, hex, for a key that is to come onto a token: any that is new, or on a PIV card that of a place for it. A place is free where
 * neither the card shows anything nor a key is recorded; a key that signed may be overwritten once no certificate of it is good.
 * @throws AppError token.full
 */
export async function chooseKeyId(parts: TokenPlaceParts, token: FoundToken, use: PlaceUse): Promise<string> {
  if (token.abilities.keysBy === 'pin') return hexEncode(parts.random.bytes(16));
  const shown = (await parts.tokens.usedKeyIds(token)).map((ckaId) => placeIn(hexEncode(ckaId)));
  const recorded = await parts.read().tokens.keysOn([token.serialNumber]);
  const taken = new Set([...shown, ...recorded.map(({ ckaId }) => placeIn(ckaId))]);
  return keyIdOf(choosePlace(use, taken, await uselessPlaces(parts, token, recorded)));
}

/** What a place is recorded by: its one octet. */
export const keyIdOf = (place: number): string => hexEncode(Uint8Array.of(place));

const placeIn = (ckaId: string): number => (ckaId.length === 2 ? (hexDecode(ckaId)?.[0] ?? 0) : 0);

/** A key that opened mail may have to open some again; one that waits for its certificate has none yet. */
async function uselessPlaces(
  { read, clock }: TokenPlaceParts,
  { serialNumber }: FoundToken,
  recorded: readonly TokenKeyRecord[],
): Promise<ReadonlySet<number>> {
  const rows = (await certificatesOn(read(), [serialNumber])).get(serialNumber) ?? [];
  const useless = recorded.filter(({ keyId }) => {
    const own = rows.filter((row) => row.keyId === keyId);
    return own.length > 0 && own.every((row) => row.keyUsage === 'sign' && !isStillGood(row, clock.now()));
  });
  return new Set(useless.map(({ ckaId }) => placeIn(ckaId)));
}
