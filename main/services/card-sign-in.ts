import { hexDecode } from '../domain/encoding/hex.ts';
import { AppError } from '../domain/errors.ts';
import { requireUsablePin } from '../domain/token/pin-status.ts';
import type { SignInCard } from '../contract/session.ts';
import type { ReadStores } from '../ports/database.ts';
import type { OperatorCardRecord } from '../ports/stores/operator-cards.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { FoundToken, Tokens } from '../ports/tokens.ts';
import type { UnlockedOperator, Vault } from '../ports/vault.ts';
import { presentOperators } from './operator-roster.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';
import { lostSince, pickToken } from './token-list.ts';
import { requireNotLost } from './token-loss.ts';

export interface CardSignInParts {
  readonly read: () => ReadStores;
  readonly vault: Vault;
  readonly tokens: Tokens;
  readonly attempts: SignInAttempts;
}

export interface CardSignIn {
  readonly operator: string | undefined;
  /** A serial number, or its end. */
  readonly token: string;
  readonly pin: Uint8Array;
  readonly finalTry: boolean;
}

/** Whose keys a card has opened. */
export interface OpenedByCard {
  readonly operator: OperatorRecord;
  readonly unlocked: UnlockedOperator;
  /** Serial number. */
  readonly card: string;
}

/**
 * Opens an operator's keys with what their card makes of its challenge: the PIN is tried once. All that can be refused is refused before.
 * @throws AppError session.card-unknown for a card that nobody here signs in with, or not who was named; session.operator-unnamed where it
 *   is several people's; session.sign-in-failed where it is another card than was registered; session.too-soon; token.*
 */
export async function openWithCard(parts: CardSignInParts, { operator: name, token, pin, finalTry }: CardSignIn): Promise<OpenedByCard> {
  const found = pickToken(await parts.tokens.survey(), token);
  const { operator, card } = await chooseRegistered(parts.read(), found.serialNumber, name);
  await requireNotLost(parts.read(), found.serialNumber);
  const unlocked = await parts.attempts.tried(operator, async () => {
    requireUsablePin(found.pin, finalTry);
    return unlock(parts, operator, card, { found, pin });
  });
  return { operator, unlocked, card: found.serialNumber };
}

async function unlock(
  { vault, tokens }: CardSignInParts,
  operator: OperatorRecord,
  { ckaId, challenge, parameters, sealed }: OperatorCardRecord,
  { found, pin }: { readonly found: FoundToken; readonly pin: Uint8Array },
): Promise<UnlockedOperator> {
  const secret = await tokens.open(found, pin, { ckaId: hexDecode(ckaId) ?? new Uint8Array(), challenge }).catch(unlessGone);
  try {
    return await vault.unlockWithSecret(
      { operator, opening: { operatorId: operator.id, method: 'card', parameters, sealed } },
      secret,
      challenge,
    );
  } finally {
    secret.fill(0);
  }
}

/** A card that was wiped, or shows the serial number of another, has no such key or makes something else with it. */
function unlessGone(error: unknown): never {
  const isOther = error instanceof AppError && (error.code === 'not-found' || error.code === 'input.invalid');
  throw isOther ? new AppError('session.sign-in-failed', 'The sign-in failed.') : error;
}

interface Registered {
  readonly operator: OperatorRecord;
  readonly card: OperatorCardRecord;
}

async function chooseRegistered(stores: ReadStores, serialNumber: string, name: string | undefined): Promise<Registered> {
  const named = name === undefined ? undefined : (await stores.operators.findByName(name))?.id;
  const registered = (await registeredOn(stores, serialNumber)).filter(({ operator }) => name === undefined || operator.id === named);
  const [only, ...others] = registered;
  if (only === undefined) throw new AppError('session.card-unknown', 'Nobody signs in here with this card.', { token: serialNumber });
  if (others.length > 0) throw new AppError('session.operator-unnamed', 'Several people sign in with this card: say who.', {});
  return only;
}

/** Who is here and signs in with a card. */
async function registeredOn(stores: ReadStores, serialNumber: string): Promise<readonly Registered[]> {
  const operators = await presentOperators(stores);
  return (await stores.operatorCards.ofCard(serialNumber)).flatMap((card) => {
    const operator = operators.find(({ id }) => id === card.operatorId);
    return operator === undefined ? [] : [{ operator, card }];
  });
}

/** The cards that are in now and sign somebody in. No driver is asked where nobody has registered one. */
export async function listSignInCards({ read, tokens }: Pick<CardSignInParts, 'read' | 'tokens'>): Promise<readonly SignInCard[]> {
  const stores = read();
  if (!(await stores.operatorCards.isAny())) return [];
  const cards: SignInCard[] = [];
  for (const { serialNumber, label, pin, isPinTypedAtReader } of (await tokens.survey()).tokens) {
    const registered = await registeredOn(stores, serialNumber);
    if (registered.length === 0 || (await lostSince(stores, serialNumber)) !== null) continue;
    cards.push({ token: serialNumber, label, pin, isPinTypedAtReader, operators: registered.map(({ operator }) => operator.name) });
  }
  return cards;
}
