import { AppError } from '../errors.ts';

/**
 * Where keys are on a PIV card (NIST SP 800-73-4 part 1, section 3), by the one octet that is their CKA_ID for the driver of
 * YubiKeys: 9A is 1, 9C is 2, 9D is 3, 9E is 4, and 82 to 95 for keys that opened mail before are 5 to 24.
 */
const authentication = 1;
const signature = 2;

/** Where the key is that mail is opened with now (9D). */
export const openingPlace = 3;

/** A key that signs has its PIN asked for each signature at its own place, so that comes first. */
const signingPlaces = [signature, authentication];
const retiredPlaces = Array.from({ length: 20 }, (_, at) => 5 + at);

/** What a place is wanted for. */
export type PlaceUse = 'sign' | 'open' | 'open-older';

const placesFor: Readonly<Record<PlaceUse, readonly number[]>> = {
  sign: signingPlaces,
  open: [openingPlace],
  'open-older': retiredPlaces,
};

/**
 * The first place that is free; else the first whose key is of no more use, so that it may be overwritten.
 * @throws AppError token.full where there is neither
 */
export function choosePlace(use: PlaceUse, taken: ReadonlySet<number>, useless: ReadonlySet<number>): number {
  const places = placesFor[use];
  const place = places.find((one) => !taken.has(one)) ?? places.find((one) => useless.has(one));
  if (place === undefined)
    throw new AppError('token.full', 'No place on the card is free for this key.', {
      places: placeNames(places.filter((one) => taken.has(one))),
    });
  return place;
}

const slots = [0x9a, 0x9c, 0x9d, 0x9e];

/** How PIV itself counts the place with this CKA_ID; undefined for none of its places. */
export const slotOfPlace = (place: number): number | undefined =>
  slots[place - 1] ?? (place >= 5 && place <= 24 ? 0x82 + place - 5 : undefined);

/** Places as people and other programs name them: 9C, 82. */
export const placeNames = (places: readonly number[]): string =>
  places
    .flatMap((place) => slotOfPlace(place) ?? [])
    .map((slot) => slot.toString(16).toUpperCase())
    .join(', ');
