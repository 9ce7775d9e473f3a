import type { OpenPgpCardSummary } from '../contract/openpgp.ts';
import { AppError } from '../domain/errors.ts';
import { refuseFactoryPin, requireNewPin } from '../domain/token/new-pin.ts';
import { requireUsablePin, requireUsableUnlockCode, triesStatus } from '../domain/token/pin-status.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OpenPgpCards, SeenOpenPgpCard } from '../ports/openpgp-cards.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Commit } from './handler.ts';
import { enterBegun, type TokenActor } from './token-begun.ts';
import { fittingIn, lostSince } from './token-list.ts';
import { requireNotLost } from './token-loss.ts';

export interface OpenPgpCardParts {
  readonly read: () => ReadStores;
  readonly openPgpCards: OpenPgpCards;
  readonly auditTrail: AuditTrail;
}

/** Both PINs, in UTF-8, and what the person was told before. */
export interface CardPins {
  readonly pin: Uint8Array;
  readonly adminPin: Uint8Array;
  readonly finalTry: boolean;
  readonly replace: boolean;
}

/** How long PINs of OpenPGP cards may be (specification 3.4, section 4.3). */
const lengths = { pin: { minimum: 6, maximum: 127 }, adminPin: { minimum: 8, maximum: 127 } } as const;

/** In the place of a PKCS #11 module's name and a CKA_ID, where a key on a card is recorded. */
export const signingPlace = { module: 'OpenPGP', ckaId: '01' } as const;

/** The cards in readers, with whose they are: by the key that signs on them, where it is one of ours. */
export async function listOpenPgpCards({ read, openPgpCards }: OpenPgpCardParts): Promise<readonly OpenPgpCardSummary[]> {
  const seen = await openPgpCards.survey();
  return Promise.all(seen.map(async (card) => summarise(read(), card)));
}

async function summarise(
  stores: ReadStores,
  { serialNumber, number, reader, holder, tries, fingerprints }: SeenOpenPgpCard,
): Promise<OpenPgpCardSummary> {
  const record = await keyOn(stores, { fingerprints });
  const personId = record?.personId ?? null;
  return {
    serialNumber,
    number,
    reader,
    holder,
    tries,
    pin: triesStatus(tries.pin),
    adminPin: triesStatus(tries.adminPin),
    fingerprints,
    openPgp: record?.id ?? null,
    personId,
    personName: personId === null ? null : ((await stores.people.find(personId))?.name ?? null),
    lostAt: await lostSince(stores, serialNumber),
  };
}

/** The practice's key that signs with a card. */
async function keyOn(
  stores: ReadStores,
  { fingerprints: { sign } }: Pick<SeenOpenPgpCard, 'fingerprints'>,
): Promise<OpenPgpRecord | undefined> {
  return sign === null ? undefined : (await stores.openPgp.findByPrefix(sign)).find(({ fingerprint }) => fingerprint === sign);
}

/** The card with this serial number or its end, or this printed number. @throws AppError token.absent, token.lost, conflict */
export async function pickOpenPgpCard({ read, openPgpCards }: OpenPgpCardParts, text: string): Promise<SeenOpenPgpCard> {
  const seen = await openPgpCards.survey();
  const wanted = text.replaceAll(' ', '').toLowerCase();
  const numbers = seen.map(({ serialNumber, number }) => ({ serialNumber, number: number.replaceAll(' ', '').toLowerCase() }));
  const fitting = [
    ...fittingIn(
      numbers.map(({ serialNumber }) => serialNumber),
      wanted,
    ),
    ...numbers.filter(({ number }) => wanted.length >= 4 && number.endsWith(wanted)).map(({ serialNumber }) => serialNumber),
  ];
  const [serialNumber, ...more] = new Set(fitting);
  if (more.length > 0) throw new AppError('conflict', 'More than one card fits: give the whole serial number.', { what: 'token' });
  const card = seen.find((one) => one.serialNumber === serialNumber);
  if (card === undefined) throw new AppError('token.absent', 'No OpenPGP card with this serial number is there.', { token: text });
  await requireNotLost(read(), card.serialNumber);
  return card;
}

/**
 * All that can be refused before the card is asked for anything. `own` is the fingerprint of a key that may be on it already.
 * @throws AppError conflict for somebody else's card, or one with keys that are not this practice's; token.*
 */
export async function requireUsable(
  stores: ReadStores,
  card: SeenOpenPgpCard,
  personId: string,
  pins: CardPins,
  own?: string,
): Promise<void> {
  const record = await keyOn(stores, card);
  if (record !== undefined && record.personId !== personId)
    throw new AppError('conflict', 'This card is somebody else’s.', { what: 'token', id: card.serialNumber });
  const { sign, decrypt } = card.fingerprints;
  const known = new Set([own, record?.fingerprint, record?.subkeyFingerprint]);
  const isStranger = (fingerprint: string | null) => fingerprint !== null && !known.has(fingerprint);
  if (!pins.replace && (isStranger(sign) || isStranger(decrypt)))
    throw new AppError('conflict', 'There are keys on this card that are not this practice’s, and would be lost.', {
      what: 'openpgp-card',
    });
  requireUsablePin(triesStatus(card.tries.pin), pins.finalTry);
  requireUsableUnlockCode(triesStatus(card.tries.adminPin), pins.finalTry);
  refuseFactoryPin(pins.pin);
  refuseFactoryPin(pins.adminPin);
}

export interface CardPinChange {
  readonly of: 'pin' | 'adminPin';
  readonly old: Uint8Array;
  readonly fresh: Uint8Array;
  readonly finalTry: boolean;
}

/** Another PIN. What can be refused is refused before the card is asked; that it is asked is in the log before. @throws AppError token.* */
export async function changeCardPin(
  parts: OpenPgpCardParts,
  card: SeenOpenPgpCard,
  { of, old, fresh, finalTry }: CardPinChange,
  by: TokenActor,
): Promise<Commit<{ readonly card: string; readonly auditIndex: number }>> {
  const status = triesStatus(card.tries[of]);
  if (of === 'pin') requireUsablePin(status, finalTry);
  else requireUsableUnlockCode(status, finalTry);
  requireNewPin(fresh, lengths[of], old);
  const subject = { token: card.serialNumber, of };
  await enterBegun(parts.auditTrail, by, 'openpgp.change-card-pin-begin', subject);
  await parts.openPgpCards.changePin(card, { of, old, fresh });
  return async (_, { auditIndex }) => ({
    value: { card: card.serialNumber, auditIndex },
    subject,
    pushes: [{ name: 'openpgp.changed', payload: { openPgp: [] } }],
  });
}

/** Another PIN by the administrator's. @throws AppError token.* */
export async function unblockCard(
  parts: OpenPgpCardParts,
  card: SeenOpenPgpCard,
  { adminPin, fresh, finalTry }: { readonly adminPin: Uint8Array; readonly fresh: Uint8Array; readonly finalTry: boolean },
  by: TokenActor,
): Promise<Commit<{ readonly card: string; readonly auditIndex: number }>> {
  requireUsableUnlockCode(triesStatus(card.tries.adminPin), finalTry);
  requireNewPin(fresh, lengths.pin);
  await enterBegun(parts.auditTrail, by, 'openpgp.unblock-card-begin', { token: card.serialNumber });
  await parts.openPgpCards.unblock(card, { adminPin, fresh });
  return done(card);
}

const done =
  ({ serialNumber }: SeenOpenPgpCard): Commit<{ readonly card: string; readonly auditIndex: number }> =>
  async (_, { auditIndex }) => ({
    value: { card: serialNumber, auditIndex },
    subject: { token: serialNumber },
    pushes: [{ name: 'openpgp.changed', payload: { openPgp: [] } }],
  });
