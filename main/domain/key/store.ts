/** Where a private key is: sealed in the database, or on a token that never gives it away. */
export type KeyStoreKind = 'vault' | 'token';
