import type { Stores } from '../ports/database.ts';

/**
 * Destroys, within a unit, a key that was made for a request and never got a certificate: its octets are overwritten, what is known about it stays. For one on a
 * token see `clearFromToken`.
 * @throws AppError not-found; stale when it is in use by now
 */
export async function destroyUnusedKey(stores: Stores, keyId: string, at: string): Promise<void> {
  const key = await stores.keys.find(keyId);
  if (key?.store !== 'token') await stores.vault.removeSealedKey(keyId);
  await stores.keys.move([{ keyId, from: 'preActive', to: 'destroyed', at }]);
}

interface OnToken {
  /** Of the intent. */
  readonly id: string;
  readonly keyId: string;
  readonly personId: string;
  readonly time: string;
}

/** Has such a key taken off its token, if it is on one, when that is next looked through with its PIN. */
export async function clearFromToken(stores: Stores, { id, keyId, personId, time }: OnToken): Promise<void> {
  const [place] = await stores.tokens.placesOf([keyId]);
  if (place === undefined) return;
  await stores.tokens.insertIntent({ ...place, id, personId, certificateId: '', state: 'begun', createdAt: time, endedAt: null });
}
