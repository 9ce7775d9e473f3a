/**
 * Where a private key is: sealed in the database, on a token that never gives it away, with whoever asked for a certificate, or, of an
 * authority, taken out into files that are brought only when they are needed.
 */
export type KeyStoreKind = 'vault' | 'token' | 'elsewhere' | 'offline';

/** Where a key is made for somebody: sealed for those whose role opens it, or under what the keychain of this computer holds. */
export const keyPlaces = ['vault', 'keychain'] as const;
export type KeyPlace = (typeof keyPlaces)[number];
