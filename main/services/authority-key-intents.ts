import type { ReadStores, Stores } from '../ports/database.ts';
import type { TokenKeyRecord } from '../ports/stores/tokens.ts';
import type { TokenLogin, Tokens } from '../ports/tokens.ts';
import type { AuditTrail } from './audit-trail.ts';
import { ckaIdOf, type AtToken } from './token-intents.ts';

/** An authority's key that is about to be made on a token, recorded before it is: a token cannot be rolled back. */
export type AuthorityKeyIntent = TokenKeyRecord;

export interface AuthorityKeyIntentParts {
  readonly read: () => ReadStores;
  readonly tokens: Tokens;
  readonly auditTrail: AuditTrail;
}

async function readIntents({ settings }: ReadStores): Promise<readonly AuthorityKeyIntent[]> {
  const text = await settings.get('authority-key-intents');
  return text === undefined ? [] : (JSON.parse(text) as AuthorityKeyIntent[]);
}

/** Durable, with its entry, before anything is made on the token. */
export async function beginAuthorityKey(
  { auditTrail }: AuthorityKeyIntentParts,
  intent: AuthorityKeyIntent,
  called: string,
  { operator, host }: AtToken,
): Promise<void> {
  await auditTrail.record(async (stores, { time }) => {
    await stores.tokens.vacate(intent, time);
    await stores.settings.put('authority-key-intents', JSON.stringify([...(await readIntents(stores)), intent]));
    const subject = { called, token: intent.serialNumber, key: intent.keyId };
    return { value: undefined, entries: [{ action: 'authority.key-begin', operator, host, subject, outcome: 'success' }] };
  });
}

/** Within the unit that records the authority: nothing of it is left to be settled. */
export async function finishAuthorityKey(stores: Stores, keyId: string): Promise<void> {
  const left = (await readIntents(stores)).filter((intent) => intent.keyId !== keyId);
  await stores.settings.put('authority-key-intents', JSON.stringify(left));
}

/**
 * Takes off a token what was begun on it for authorities that never came to be; answers how many there were. The PIN is known to be right.
 * @throws AppError token.*
 */
export async function abandonAuthorityKeys(parts: AuthorityKeyIntentParts, serialNumber: string, at: AtToken): Promise<number> {
  const left = (await readIntents(parts.read())).filter((intent) => intent.serialNumber === serialNumber);
  for (const intent of left) await abandonAuthorityKey(parts, intent, at);
  return left.length;
}

/** @throws AppError token.* */
export async function abandonAuthorityKey(
  { tokens, auditTrail }: AuthorityKeyIntentParts,
  intent: AuthorityKeyIntent,
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
