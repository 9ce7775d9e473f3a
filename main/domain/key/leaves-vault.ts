import { AppError } from '../errors.ts';
import { mayBecome, type KeyState } from './state.ts';
import type { KeyStoreKind } from './store.ts';
import type { KeyUsagePurpose } from './usage.ts';

/** What is known of a key whose copy in the vault may go. */
export interface HandedOverKey {
  readonly id: string;
  readonly usage: KeyUsagePurpose;
  readonly state: KeyState;
  readonly store: KeyStoreKind;
  readonly personId: string | null;
}

/**
 * Allows the vault's copy of a private key to be destroyed once it is proved that its person's mail program has the key: then nobody
 * else can sign in their name. Only a key that signs and does nothing else: one that opens mail is all there is of old mail, and an
 * authority's is the practice's own.
 * @throws AppError conflict with details {rule}: unproved, authority, decrypts, elsewhere, state
 */
export function requireMayLeave(key: HandedOverKey, isProved: boolean): void {
  const rule = obstacle(key, isProved);
  if (rule !== undefined) throw new AppError('conflict', 'This private key stays in the vault.', { what: 'key', id: key.id, rule });
}

function obstacle({ usage, state, store, personId }: HandedOverKey, isProved: boolean): string | undefined {
  if (usage === 'authority' || usage === 'revocation' || personId === null) return 'authority';
  if (usage !== 'sign') return 'decrypts';
  if (store !== 'vault') return 'elsewhere';
  if (!mayBecome(state, 'destroyed')) return 'state';
  return isProved ? undefined : 'unproved';
}

/** Whether `requireMayLeave` allows it, once proved. */
export const leavesOnceProved = (key: HandedOverKey): boolean => obstacle(key, true) === undefined;
