import type { Secret } from '../contract/secret.ts';
import type { OpenPgpRecord } from '../ports/stores/openpgp.ts';
import type { AreaHandlers, SessionContext } from './handler.ts';
import { changeCardPin, listOpenPgpCards, pickOpenPgpCard, unblockCard } from './openpgp-cards.ts';
import { exportPublic, exportRevocation, exportSecret, type OpenPgpExportParts } from './openpgp-export.ts';
import { generateOpenPgp, type OpenPgpGenerateParts } from './openpgp-generate.ts';
import { moveToCard, type OpenPgpMoveParts } from './openpgp-move.ts';
import { generateOnCard } from './openpgp-on-card.ts';
import { revokeOpenPgp } from './openpgp-revocation.ts';
import { wipeOpenPgpCard } from './openpgp-wiping.ts';
import { findOpenPgp, showOpenPgp, summariseOpenPgp } from './openpgp-view.ts';
import type { TokenActor } from './token-begun.ts';
import { Turns } from './turns.ts';

export type OpenPgpParts = OpenPgpGenerateParts & OpenPgpExportParts & OpenPgpMoveParts;

/** OpenPGP keys of people: make, look, export, put on cards. */
export function createOpenPgpHandlers(parts: OpenPgpParts): AreaHandlers<'openpgp'> {
  return {
    list: async ({ person, ...query }) => {
      const page = await parts.read().openPgp.page({ ...query, personId: person });
      const now = parts.clock.now();
      const certificates = await Promise.all(page.rows.map(async (record) => summariseOpenPgp(parts.read(), record, now)));
      return page.next === undefined ? { certificates } : { certificates, next: page.next };
    },
    show: async ({ key }) => showOpenPgp(parts.read(), key, parts.clock.now()),
    generate: async (wish) => generateOpenPgp(parts, wish),
    export: async ({ key }) => {
      const record = await findOpenPgp(parts.read(), key);
      const value = await exportPublic(parts, record);
      return async () => ({ value, subject: { person: record.personId } });
    },
    exportSecret: async ({ key, password }, { session }) => {
      const record = await findOpenPgp(parts.read(), key);
      const value = await exportSecret(parts, session.unlocked, record, password);
      return async () => ({ value, subject: { person: record.personId, keys: secretsOf(record) } });
    },
    exportRevocation: async ({ key }, { session }) => {
      const record = await findOpenPgp(parts.read(), key);
      const value = await exportRevocation(parts, session.unlocked, record);
      return async () => ({ value, subject: { person: record.personId } });
    },
    revoke: async ({ key, note }, { session }) => revokeOpenPgp(parts, session.unlocked, await findOpenPgp(parts.read(), key), note),
    ...cardHandlers(parts),
  };
}

interface TypedPins {
  readonly pin: Secret;
  readonly adminPin: Secret;
  readonly finalTry: boolean;
  readonly replace: boolean;
}

const pinsOf = ({ pin, adminPin, finalTry, replace }: TypedPins) => ({ pin: pin.reveal(), adminPin: adminPin.reveal(), finalTry, replace });

const actorOf = ({ session, caller }: SessionContext): TokenActor => ({ operator: session.operator.id, host: caller.host });

type CardCalls = 'cards' | 'generateOnCard' | 'moveToCard' | 'changeCardPin' | 'unblockCard' | 'wipeCard';

function cardHandlers(parts: OpenPgpParts): Pick<AreaHandlers<'openpgp'>, CardCalls> {
  /** What one act looked at before it began is still so when it begins. */
  const turns = new Turns();
  return {
    cards: async () => ({ cards: await listOpenPgpCards(parts) }),
    generateOnCard: async (wish, context) => turns.take(async () => generateOnCard(parts, wish, pinsOf(wish), actorOf(context))),
    moveToCard: async (wish, context) =>
      turns.take(async () => moveToCard(parts, context.session.unlocked, wish, pinsOf(wish), actorOf(context))),
    changeCardPin: async ({ card, of, pin, newPin, finalTry }, context) =>
      turns.take(async () => {
        const change = { of, old: pin.reveal(), fresh: newPin.reveal(), finalTry };
        return changeCardPin(parts, await pickOpenPgpCard(parts, card), change, actorOf(context));
      }),
    unblockCard: async ({ card, adminPin, newPin, finalTry }, context) =>
      turns.take(async () => {
        const by = { adminPin: adminPin.reveal(), fresh: newPin.reveal(), finalTry };
        return unblockCard(parts, await pickOpenPgpCard(parts, card), by, actorOf(context));
      }),
    wipeCard: async ({ card, adminPin, finalTry }, context) =>
      turns.take(async () => {
        const wiping = { card: await pickOpenPgpCard(parts, card), adminPin: adminPin?.reveal(), finalTry };
        return wipeOpenPgpCard(parts, wiping, actorOf(context));
      }),
  };
}

const secretsOf = ({ primaryKeyId, subkeyId }: OpenPgpRecord): readonly string[] => [primaryKeyId, subkeyId];
