import type { ReadStores, Stores } from '../ports/database.ts';
import type { TokenKeyRecord } from '../ports/stores/tokens.ts';
import type { TokenLogin, Tokens } from '../ports/tokens.ts';
import type { AuditTrail } from './audit-trail.ts';
import { ckaIdOf, type AtToken } from './token-intents.ts';

/** An authority's key that is about to be made on a token, recorded before it is, or is to go from it: a token cannot be rolled back. */
export interface AuthorityKeyIntent extends TokenKeyRecord {
  /** What the authority is to be called. */
  readonly called: string;
  readonly begunAt: string;
}

export interface AuthorityKeyIntentParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
  readonly auditTrail: AuditTrail;
}

/** Of a workspace from before they were told: since when, and for which authority, nobody knows. */
const untold = { called: '', begunAt: new Date(0).toISOString() };

/** What is left to be settled, oldest first. */
export async function authorityKeyIntents({ settings }: ReadStores): Promise<readonly AuthorityKeyIntent[]> {
  const text = await settings.get('authority-key-intents');
  return text === undefined ? [] : (JSON.parse(text) as AuthorityKeyIntent[]).map((intent) => ({ ...untold, ...intent }));
}

const add = async (stores: Stores, intent: AuthorityKeyIntent): Promise<void> =>
  stores.settings.put('authority-key-intents', JSON.stringify([...(await authorityKeyIntents(stores)), intent]));

/** Within a unit: a key that is needed no more is taken off its token when that is next looked through with its PIN. */
export const clearAuthorityKey = add;

/** Within the unit that records that a token was wiped. */
export async function forgetAuthorityKeys(stores: Stores, serialNumber: string): Promise<void> {
  const left = (await authorityKeyIntents(stores)).filter((intent) => intent.serialNumber !== serialNumber);
  await stores.settings.put('authority-key-intents', JSON.stringify(left));
}

/** Durable, with its entry, before anything is made on the token. */
export async function beginAuthorityKey(
  { auditTrail }: AuthorityKeyIntentParts,
  intent: Omit<AuthorityKeyIntent, 'begunAt'>,
  { operator, host }: AtToken,
): Promise<void> {
  await auditTrail.record(async (stores, { time }) => {
    await stores.tokens.vacate(intent, time);
    await add(stores, { ...intent, begunAt: time });
    const subject = { called: intent.called, token: intent.serialNumber, key: intent.keyId };
    return { value: undefined, entries: [{ action: 'authority.key-begin', operator, host, subject, outcome: 'success' }] };
  });
}

/** Within the unit that records the authority: nothing of it is left to be settled. */
export async function finishAuthorityKey(stores: Stores, keyId: string): Promise<void> {
  const left = (await authorityKeyIntents(stores)).filter((intent) => intent.keyId !== keyId);
  await stores.settings.put('authority-key-intents', JSON.stringify(left));
}

/**
 * Takes off a token what was begun on it for authorities that never came to be; answers how many there were. The PIN is known to be right.
 * @throws AppError token.*
 */
export async function abandonAuthorityKeys(parts: AuthorityKeyIntentParts, serialNumber: string, at: AtToken): Promise<number> {
  const left = (await authorityKeyIntents(parts.read())).filter((intent) => intent.serialNumber === serialNumber);
  for (const intent of left) await abandonAuthorityKey(parts, intent, at);
  return left.length;
}

/** @throws AppError token.* */
export async function abandonAuthorityKey(
  { tokens, auditTrail }: AuthorityKeyIntentParts,
  intent: TokenKeyRecord,
  at: AtToken & TokenLogin,
): Promise<void> {
  await tokens.destroyObjects(intent, at, ckaIdOf(intent));
  await tokens.clearFragments(intent, at);
  await auditTrail.record(async (stores) => {
    await finishAuthorityKey(stores, intent.keyId);
    const subject = { token: intent.serialNumber, key: intent.keyId, end: 'abandoned' };
    return {
      value: undefined,
      entries: [{ action: 'token.settle', operator: at.operator, host: at.host, subject, outcome: 'success' }],
    };
  });
}
