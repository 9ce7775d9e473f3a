import type { OpenPgpOnCard } from '../contract/openpgp.ts';
import { concatenate } from '../domain/asn1/der-writer.ts';
import { hexDecode, hexEncode } from '../domain/encoding/hex.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { writeArmor } from '../domain/openpgp/armor.ts';
import { certifyKey, ed25519PublicPart, fingerprintOfPublicPart, type CertifyingTools } from '../domain/openpgp/certify-key.ts';
import { readCurveSecret, type CurveSecret } from '../domain/openpgp/curve-secret.ts';
import { userIdOf, userIdText, type UserId } from '../domain/openpgp/user-id.ts';
import { openPgpValidity } from '../domain/openpgp/validity.ts';
import type { VerifyEd25519 } from '../domain/audit/signed-note.ts';
import type { OpenOpenPgpCard, SeenOpenPgpCard } from '../ports/openpgp-cards.ts';
import type { OpenPgpKeyPart } from '../ports/openpgp.ts';
import type { Primitives } from '../ports/primitives.ts';
import type { KeyRecord } from '../ports/stores/keys.ts';
import type { Commit } from './handler.ts';
import { pickOpenPgpCard, requireUsable, signingPlace, type CardPins, type OpenPgpCardParts } from './openpgp-cards.ts';
import { findActive, findEnded, keyOf, requireStillActive, retire, type OpenPgpGenerateParts } from './openpgp-generate.ts';
import { createSealingKeys, type SealingKeys } from './sealing-keys.ts';
import { enterBegun, type TokenActor } from './token-begun.ts';

export interface OpenPgpOnCardParts extends OpenPgpGenerateParts, OpenPgpCardParts {
  readonly primitives: Primitives;
  readonly verifyEd25519: VerifyEd25519;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

export interface OnCardWish {
  readonly person: string;
  readonly card: string;
  readonly days: number;
}

interface Validity {
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/**
 * Makes a person's OpenPGP key whose primary key is born on a card. The subkey is made here, sealed for the escrow too, and put on the
 * card. Nothing is recorded unless the card has all of it and every signature it made holds.
 * @throws AppError as `generateOpenPgp`, `requireUsable` and `OpenPgpCards.withCard`
 */
export async function generateOnCard(
  parts: OpenPgpOnCardParts,
  wish: OnCardWish,
  pins: CardPins,
  by: TokenActor,
): Promise<Commit<OpenPgpOnCard>> {
  const stores = parts.read();
  const person = await findActive(stores, wish.person);
  const before = await findEnded(stores, person.id, parts.clock.now());
  const card = await pickOpenPgpCard(parts, wish.card);
  await requireUsable(stores, card, person.id, pins);
  const userIds = person.mailboxes.map((address) => userIdOf(person.name, address));
  const validity = openPgpValidity(parts.clock.now(), wish.days);
  const sealing = await createSealingKeys(stores, parts.vault);
  await enterBegun(parts.auditTrail, by, 'openpgp.generate-on-card-begin', { person: person.id, token: card.serialNumber });
  const made = await make(parts, { card, userIds, validity, pins }, sealing);
  return async (written, { time, auditIndex }) => {
    await requireStillActive(written, person.id);
    await written.vault.insertSealingKeys(sealing.records);
    if (before !== undefined) await retire(written, before, time);
    const record = { ...made.record, personId: person.id };
    await written.keys.insert(made.keys.map((key) => ({ ...key, personId: person.id, createdAt: time })));
    await written.vault.insertSealedKeys(made.sealed);
    await written.openPgp.insert(record, made.certificate);
    await written.tokens.vacate({ serialNumber: card.serialNumber, ckaId: signingPlace.ckaId }, time);
    await written.tokens.insertKey({ keyId: record.primaryKeyId, serialNumber: card.serialNumber, ...signingPlace });
    const { id, fingerprint } = record;
    return {
      value: { id, fingerprint, card: card.serialNumber, auditIndex },
      subject: { person: person.id, token: card.serialNumber, openPgp: id, fingerprint, keys: made.keys.map((key) => key.id) },
      pushes: [{ name: 'openpgp.changed', payload: { openPgp: [id] } }],
    };
  };
}

interface ToMake {
  readonly card: SeenOpenPgpCard;
  readonly userIds: readonly UserId[];
  readonly validity: Validity;
  readonly pins: CardPins;
}

async function make(parts: OpenPgpOnCardParts, { card, userIds, validity, pins }: ToMake, { plan }: SealingKeys) {
  const subkey = await makeSubkey(parts, userIds, validity);
  try {
    const texts = userIds.map(userIdText);
    const onCard = await parts.openPgpCards.withCard(card, pins, async (open) =>
      makeOnCard(parts, open, { secret: readCurveSecret(subkey.secret), userIds: texts, ...validity }),
    );
    const ids = { primaryKeyId: parts.random.uuid(), subkeyId: parts.random.uuid(), revocationId: parts.random.uuid() };
    const { fingerprint, revocation } = onCard;
    const primaryKey = { fingerprint, algorithm: 'ed25519', spkiSha256: parts.sha256Hex(ed25519Spki(onCard.point)) } as const;
    return {
      certificate: onCard.certificate,
      record: {
        id: parts.random.uuid(),
        algorithm: 'curve25519',
        fingerprint,
        subkeyFingerprint: subkey.fingerprint,
        userIds: texts,
        ...ids,
        createdAt: validity.createdAt.toISOString(),
        expiresAt: validity.expiresAt.toISOString(),
        isCurrent: true,
        revokedAt: null,
      } as const,
      keys: [
        { ...keyOf(ids.primaryKeyId, 'sign', null, primaryKey), store: 'token' },
        keyOf(ids.subkeyId, 'encrypt', null, subkey),
      ] satisfies Omit<KeyRecord, 'createdAt'>[],
      sealed: [
        parts.vault.seal({ keyId: ids.subkeyId, pkcs8: subkey.secret, under: plan.decrypt }),
        parts.vault.seal({ keyId: ids.revocationId, pkcs8: revocation, under: plan.decrypt }),
      ],
    };
  } finally {
    subkey.secret.fill(0);
  }
}

/** What opens mail; the primary key that is made with it is nobody's. */
async function makeSubkey({ openPgp }: OpenPgpOnCardParts, userIds: readonly UserId[], validity: Validity): Promise<OpenPgpKeyPart> {
  const { primaryKey, subkey, revocation } = await openPgp.generate({ algorithm: 'curve25519', userIds, ...validity });
  primaryKey.secret.fill(0);
  revocation.fill(0);
  return subkey;
}

interface OnCard {
  readonly point: Uint8Array;
  readonly fingerprint: string;
  readonly certificate: Uint8Array;
  /** Armored. */
  readonly revocation: Uint8Array;
}

/** The PIN is tried first: a wrong one changes nothing on the card. */
async function makeOnCard(
  parts: OpenPgpOnCardParts,
  card: OpenOpenPgpCard,
  { secret, userIds, ...validity }: Validity & { readonly secret: CurveSecret; readonly userIds: readonly string[] },
): Promise<OnCard> {
  try {
    await card.checkPin();
    const point = await card.generateSigningKey(secret.createdAt);
    const primaryKey = ed25519PublicPart(point, secret.createdAt);
    await card.putKey(secret);
    const tools = certifyingTools(parts, card, point);
    const { certificate, revocation } = await certifyKey({ primaryKey, subkey: secret.publicPart, userIds, ...validity }, tools);
    return {
      point,
      fingerprint: hexEncode(fingerprintOfPublicPart(primaryKey, tools)),
      certificate,
      revocation: utf8Encode(writeArmor('PUBLIC KEY BLOCK', revocation)),
    };
  } finally {
    secret.scalar.fill(0);
  }
}

/** Every signature of the card is verified before it is believed. */
const certifyingTools = ({ primitives, verifyEd25519 }: OpenPgpOnCardParts, card: OpenOpenPgpCard, point: Uint8Array): CertifyingTools => ({
  digest: (name, octets) => primitives.digest(name, octets),
  sign: async (digest) => signedByCard(verifyEd25519, card, point, digest),
});

/** @throws AppError token.device-failed where the signature does not hold */
export async function signedByCard(
  verifyEd25519: VerifyEd25519,
  card: OpenOpenPgpCard,
  point: Uint8Array,
  digest: Uint8Array,
): Promise<Uint8Array> {
  const signature = await card.sign(digest);
  if (!verifyEd25519(point, digest, signature))
    throw new AppError('token.device-failed', 'The card did not prove that it holds the key.', { what: 'proof' });
  return signature;
}

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410 section 4). */
const ed25519Spki = (point: Uint8Array): Uint8Array => concatenate([hexDecode('302a300506032b6570032100') ?? new Uint8Array(), point]);
