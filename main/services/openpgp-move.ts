import type { OpenPgpOnCard } from '../contract/openpgp.ts';
import { AppError } from '../domain/errors.ts';
import type { OpenPgpAlgorithm } from '../domain/openpgp/algorithm.ts';
import { readCardSecret, signingKeyOf, wipeCardSecret, type CardSecret } from '../domain/openpgp/card-key.ts';
import type { SeenOpenPgpCard } from '../ports/openpgp-cards.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { UnlockedOperator } from '../ports/vault.ts';
import type { Commit } from './handler.ts';
import type { KeyAccess } from './key-access.ts';
import { pickOpenPgpCard, requireUsable, signingPlace, type CardPins } from './openpgp-cards.ts';
import { signedByCard, type OpenPgpOnCardParts } from './openpgp-on-card.ts';
import { findOpenPgp } from './openpgp-view.ts';
import { enterBegun, type TokenActor } from './token-begun.ts';

export interface OpenPgpMoveParts extends OpenPgpOnCardParts {
  readonly keyAccess: Pick<KeyAccess, 'withPrivateKey'>;
}

export interface MoveWish {
  readonly key: string;
  readonly card: string;
}

/**
 * Puts both halves of a person's OpenPGP key on their card. The primary key leaves the vault in the unit that records it, after the card
 * has signed with it; until then the vault has it, whatever happens to the card.
 * @throws AppError not-found; conflict where it is on a card already; token.*
 */
export async function moveToCard(
  parts: OpenPgpMoveParts,
  operator: UnlockedOperator,
  wish: MoveWish,
  pins: CardPins,
  by: TokenActor,
): Promise<Commit<OpenPgpOnCard>> {
  const stores = parts.read();
  const record = await findOpenPgp(stores, wish.key);
  await requireInVault(parts, record);
  const card = await pickOpenPgpCard(parts, wish.card);
  await requireUsable(stores, card, record.personId, pins, record.fingerprint);
  const { id, fingerprint, personId, primaryKeyId } = record;
  const subject = { person: personId, token: card.serialNumber, openPgp: id, keys: [primaryKeyId] };
  await withSecrets(parts, operator, record, async (secrets) => {
    await enterBegun(parts.auditTrail, by, 'openpgp.move-to-card-begin', subject);
    await put(parts, card, secrets, pins);
  });
  return async (written, { time, auditIndex }) => {
    if ((await written.keys.find(primaryKeyId))?.store !== 'vault') throw onCardAlready(record);
    await written.vault.removeSealedKey(primaryKeyId);
    await written.keys.setStore(primaryKeyId, 'token');
    await written.tokens.vacate({ serialNumber: card.serialNumber, ckaId: signingPlace.ckaId }, time);
    await written.tokens.insertKey({ keyId: primaryKeyId, serialNumber: card.serialNumber, ...signingPlace });
    return {
      value: { id, fingerprint, card: card.serialNumber, auditIndex },
      subject,
      pushes: [{ name: 'openpgp.changed', payload: { openPgp: [id] } }],
    };
  };
}

async function requireInVault({ read }: OpenPgpMoveParts, record: OpenPgpRecord): Promise<void> {
  if ((await read().keys.find(record.primaryKeyId))?.store !== 'vault') throw onCardAlready(record);
}

const onCardAlready = ({ id }: OpenPgpRecord): AppError =>
  new AppError('conflict', 'This OpenPGP key is on a card already.', { what: 'openpgp', id });

interface Secrets {
  readonly algorithm: OpenPgpAlgorithm;
  readonly primaryKey: CardSecret;
  readonly subkey: CardSecret;
}

async function withSecrets(
  { keyAccess }: OpenPgpMoveParts,
  operator: UnlockedOperator,
  { algorithm, primaryKeyId, subkeyId }: OpenPgpRecord,
  act: (secrets: Secrets) => Promise<void>,
): Promise<void> {
  await keyAccess.withPrivateKey(operator, primaryKeyId, 'people', async (primary) =>
    keyAccess.withPrivateKey(operator, subkeyId, 'people', async (sub) => {
      const [primaryKey, subkey] = [readCardSecret(primary), readCardSecret(sub)];
      try {
        await act({ algorithm, primaryKey, subkey });
      } finally {
        wipeCardSecret(primaryKey);
        wipeCardSecret(subkey);
      }
    }),
  );
}

/** The PIN is tried first; at the end the card signs something new with what it was given. */
async function put(
  parts: OpenPgpMoveParts,
  card: SeenOpenPgpCard,
  { algorithm, primaryKey, subkey }: Secrets,
  pins: CardPins,
): Promise<void> {
  const data = parts.random.bytes(32);
  await parts.openPgpCards.withCard(card, pins, async (open) => {
    await open.checkPin();
    await open.prepare(algorithm);
    await open.putKey('sign', primaryKey);
    await open.putKey('decrypt', subkey);
    await signedByCard(parts, open, signingKeyOf(primaryKey), { data, digest: parts.primitives.digest('sha512', data) });
  });
}
