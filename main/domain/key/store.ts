/** Where a private key is: sealed in the database, on a token that never gives it away, or with whoever asked for a certificate. */
export type KeyStoreKind = 'vault' | 'token' | 'elsewhere';
