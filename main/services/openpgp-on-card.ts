import type { OpenPgpOnCard } from '../contract/openpgp.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { writeArmor } from '../domain/openpgp/armor.ts';
import type { OpenPgpAlgorithm } from '../domain/openpgp/algorithm.ts';
import {
  publicKeyInfoOf,
  publicPartOf,
  readCardSecret,
  storedAlgorithmOf,
  wipeCardSecret,
  type CardSecret,
  type CardSigningKey,
} from '../domain/openpgp/card-key.ts';
import { certifyKey, fingerprintOfPublicPart, type CertifyingTools } from '../domain/openpgp/certify-key.ts';
import { userIdOf, userIdText, type UserId } from '../domain/openpgp/user-id.ts';
import { openPgpValidity } from '../domain/openpgp/validity.ts';
import type { VerifyEd25519 } from '../domain/audit/signed-note.ts';
import type { OpenOpenPgpCard, SeenOpenPgpCard } from '../ports/openpgp-cards.ts';
import type { OpenPgpKeyPart, OpenPgpOrder } from '../ports/openpgp.ts';
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
  readonly algorithm: OpenPgpAlgorithm;
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
  const made = await make(parts, { card, userIds, algorithm: wish.algorithm, validity, pins }, sealing);
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
  readonly algorithm: OpenPgpAlgorithm;
  readonly validity: Validity;
  readonly pins: CardPins;
}

async function make(parts: OpenPgpOnCardParts, { card, userIds, algorithm, validity, pins }: ToMake, { plan }: SealingKeys) {
  const subkey = await makeSubkey(parts, { algorithm, userIds, ...validity });
  try {
    const texts = userIds.map(userIdText);
    const onCard = await parts.openPgpCards.withCard(card, pins, async (open) =>
      makeOnCard(parts, open, { algorithm, secret: readCardSecret(subkey.secret), userIds: texts, ...validity }),
    );
    const ids = { primaryKeyId: parts.random.uuid(), subkeyId: parts.random.uuid(), revocationId: parts.random.uuid() };
    const { fingerprint, revocation } = onCard;
    const spkiSha256 = parts.sha256Hex(publicKeyInfoOf(onCard.key));
    const primaryKey = { fingerprint, algorithm: storedAlgorithmOf(onCard.key), spkiSha256 };
    return {
      certificate: onCard.certificate,
      record: {
        id: parts.random.uuid(),
        algorithm,
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
async function makeSubkey({ openPgp }: OpenPgpOnCardParts, order: OpenPgpOrder): Promise<OpenPgpKeyPart> {
  const { primaryKey, subkey, revocation } = await openPgp.generate(order);
  primaryKey.secret.fill(0);
  revocation.fill(0);
  return subkey;
}

interface OnCard {
  readonly key: CardSigningKey;
  readonly fingerprint: string;
  readonly certificate: Uint8Array;
  /** Armored. */
  readonly revocation: Uint8Array;
}

/** The PIN is tried first: a wrong one changes nothing on the card. */
async function makeOnCard(
  parts: OpenPgpOnCardParts,
  card: OpenOpenPgpCard,
  {
    algorithm,
    secret,
    userIds,
    ...validity
  }: Validity & { readonly algorithm: OpenPgpAlgorithm; readonly secret: CardSecret; readonly userIds: readonly string[] },
): Promise<OnCard> {
  try {
    await card.checkPin();
    await card.prepare(algorithm);
    const key = await card.generateSigningKey(secret.createdAt);
    const primaryKey = publicPartOf(key, secret.createdAt);
    await card.putKey('decrypt', secret);
    const tools = certifyingTools(parts, card, key);
    const { certificate, revocation } = await certifyKey({ primaryKey, subkey: secret.publicPart, userIds, ...validity }, tools);
    return {
      key,
      fingerprint: hexEncode(fingerprintOfPublicPart(primaryKey, tools)),
      certificate,
      revocation: utf8Encode(writeArmor('PUBLIC KEY BLOCK', revocation)),
    };
  } finally {
    wipeCardSecret(secret);
  }
}

/** Every signature of the card is verified before it is believed. */
const certifyingTools = (parts: CardProofParts, card: OpenOpenPgpCard, key: CardSigningKey): CertifyingTools => ({
  digest: (name, octets) => parts.primitives.digest(name, octets),
  sign: async (data, digest) => signedByCard(parts, card, key, { data, digest }),
});

type CardProofParts = Pick<OpenPgpOnCardParts, 'primitives' | 'verifyEd25519'>;

/** `digest`: SHA-512 of the data. @throws AppError token.device-failed where the signature does not hold */
export async function signedByCard(
  { primitives, verifyEd25519 }: CardProofParts,
  card: OpenOpenPgpCard,
  key: CardSigningKey,
  { data, digest }: { readonly data: Uint8Array; readonly digest: Uint8Array },
): Promise<Uint8Array> {
  const signature = await card.sign(digest);
  // EdDSA in OpenPGP signs the digest itself (RFC 9580 section 5.2.3.3).
  const holds =
    key.kind === 'rsa'
      ? primitives.verify(publicKeyInfoOf(key), { scheme: 'rsa-pkcs1', digest: 'sha512' }, data, signature)
      : verifyEd25519(key.point, digest, signature);
  if (holds) return signature;
  throw new AppError('token.device-failed', 'The card did not prove that it holds the key.', { what: 'proof' });
}
