import { compareOctets } from '../domain/asn1/der-writer.ts';
import { hexEncode } from '../domain/encoding/hex.ts';
import { utf8Encode } from '../domain/encoding/utf8.ts';
import { AppError } from '../domain/errors.ts';
import { keyAlgorithmOf } from '../domain/key/subject-public-key-info.ts';
import { refuseFactoryPin } from '../domain/token/new-pin.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OperatorCardRecord } from '../ports/stores/operator-cards.ts';
import type { FoundToken, TokenOpeningKey, Tokens } from '../ports/tokens.ts';
import type { ToolPrimitives } from '../ports/tool-primitives.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { AreaHandlers, SessionContext } from './handler.ts';
import { openingChallenge } from './opening-challenge.ts';
import { requirePresent } from './operator-roster.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';
import { enterBegun } from './token-begun.ts';
import { fittingIn, pickToken } from './token-list.ts';
import { requireNotLost } from './token-loss.ts';

export interface AccountCardParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly attempts: SignInAttempts;
  readonly tokens: Tokens;
  readonly toolPrimitives: ToolPrimitives;
  readonly auditTrail: AuditTrail;
  readonly digestSha256: (octets: Uint8Array) => Uint8Array;
  /** Lower-case hex. */
  readonly sha256Hex: (octets: Uint8Array) => string;
}

/** The cards somebody signs in with. */
export function createCardHandlers(parts: AccountCardParts): Pick<AreaHandlers<'account'>, 'cards' | 'addCard' | 'removeCard'> {
  const { read, attempts, vault } = parts;
  return {
    cards: async (_, { session: { operator } }) => {
      const cards = await read().operatorCards.ofOperator(operator.id);
      return { cards: cards.map(({ serialNumber, since }) => ({ token: serialNumber, since })) };
    },
    addCard: async ({ token: text, pin, finalTry, passphrase }, context) => {
      const { operator, unlocked } = context.session;
      const found = pickToken(await parts.tokens.survey(), text);
      await requireNew(read(), operator.id, found);
      requireUsablePin(found.pin, finalTry);
      refuseFactoryPin(pin.reveal());
      (await attempts.attempt(operator, 'passphrase', (sealed) => vault.unlock(sealed, passphrase.reveal()))).wipe();
      const card = await register(parts, { context, unlocked, found, pin: pin.reveal() });
      return async (stores, { time }) => {
        await requirePresent(stores, operator);
        await stores.operatorCards.insert({ ...card, since: time });
        await stores.operators.setFailures(operator.id, { count: 0, lastAt: null });
        return {
          value: { token: found.serialNumber },
          subject: { token: found.serialNumber },
          afterwards: () => attempts.forget(operator.id),
        };
      };
    },
    removeCard: async ({ token: text }, { session: { operator } }) => {
      const own = (await read().operatorCards.ofOperator(operator.id)).map(({ serialNumber }) => serialNumber);
      const [token, ...more] = fittingIn(own, text);
      if (token === undefined || more.length > 0)
        throw new AppError('not-found', 'You do not sign in with such a card.', { what: 'token', id: text });
      return async (stores) => {
        if (!(await stores.operatorCards.remove(operator.id, token)))
          throw new AppError('stale', 'The card was removed meanwhile.', { what: 'token' });
        return { value: { token }, subject: { token } };
      };
    },
  };
}

async function requireNew(stores: ReadStores, operatorId: string, { serialNumber }: FoundToken): Promise<void> {
  await requireNotLost(stores, serialNumber);
  if ((await stores.operatorCards.find(operatorId, serialNumber)) !== undefined)
    throw new AppError('conflict', 'You sign in with this card already.', { what: 'token', id: serialNumber });
}

interface Registration {
  readonly context: SessionContext;
  readonly unlocked: UnlockedOperator;
  readonly found: FoundToken;
  readonly pin: Uint8Array;
}

/**
 * A key on the card, which shows that it opens what is sealed for it before anything rests on it. That a key may be made there is in the
 * log before; one left by an earlier try that did not end is taken off first, because each operator's has the same id everywhere.
 */
async function register(
  parts: AccountCardParts,
  { context, unlocked, found, pin }: Registration,
): Promise<Omit<OperatorCardRecord, 'since'>> {
  const { tokens, auditTrail } = parts;
  const { operatorId } = unlocked;
  const by = { operator: operatorId, host: context.caller.host };
  await enterBegun(auditTrail, by, 'account.add-card-begin', { token: found.serialNumber });
  await tokens.checkPin(found, pin);
  const key = await keyOn(parts, found, pin, operatorId);
  const { challenge, expected } = openingChallenge(parts.toolPrimitives, key.subjectPublicKeyInfo);
  const opened = await tokens.open(found, pin, { ckaId: key.ckaId, challenge });
  try {
    if (compareOctets(opened, expected) !== 0)
      throw new AppError('token.device-failed', 'The token did not prove that it opens what is sealed for it.', { what: 'proof' });
    const { parameters, sealed } = unlocked.sealUnder(expected, challenge);
    return { operatorId, serialNumber: found.serialNumber, ckaId: hexEncode(key.ckaId), challenge, parameters, sealed };
  } finally {
    opened.fill(0);
    expected.fill(0);
  }
}

/** A key of its own where the card makes one; else the one it has, where it was made elsewhere than here. */
async function keyOn(parts: AccountCardParts, found: FoundToken, pin: Uint8Array, operatorId: string): Promise<TokenOpeningKey> {
  const { tokens, digestSha256 } = parts;
  if (found.abilities.keysBy !== 'pin') return existingKey(parts, found, pin, byOtherMeans());
  const ckaId = digestSha256(utf8Encode(`keyward sign-in ${operatorId}`)).subarray(0, 16);
  try {
    await tokens.destroyObjects(found, { pin }, ckaId);
    return await tokens.generateOpeningKey(found, pin, { ckaId, label: 'sign-in to Keyward' });
  } catch (error) {
    if (!(error instanceof AppError) || !makesNone.has(error.code)) throw error;
    return existingKey(parts, found, pin, error);
  }
}

/** A PIV card: an operator has its PIN, not its management key. */
const byOtherMeans = (): AppError =>
  new AppError('token.mechanism-unsupported', 'The card has no key that opens anything, and its PIN makes none.', { algorithm: 'p256' });

/** How cards say that keys are made on them by other means. */
const makesNone = new Set<AppError['code']>([
  'token.mechanism-unsupported',
  'token.unsupported',
  'token.login-required',
  'token.read-only',
  'unsupported',
]);

/** Not one that the vault has too: whoever opens that part of the vault could open what the card opens. */
async function existingKey(parts: AccountCardParts, found: FoundToken, pin: Uint8Array, why: AppError): Promise<TokenOpeningKey> {
  for (const key of await parts.tokens.openingKeys(found, pin)) {
    const known = await parts.read().keys.findBySpki(parts.sha256Hex(key.subjectPublicKeyInfo));
    if (keyAlgorithmOf(key.subjectPublicKeyInfo) !== undefined && known === undefined) return key;
  }
  throw why;
}
