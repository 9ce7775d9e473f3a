import type { StoredKeyAlgorithm } from '../key/algorithm.ts';

/**
 * Kinds of OpenPGP key Keyward makes, the usual one first. `curve25519` is Ed25519Legacy with ECDH over Curve25519Legacy
 * (RFC 9580 section 9.1, algorithms 22 and 18): what GnuPG 2.2 and Thunderbird read, unlike the newer algorithms 25 and 27.
 */
export const openPgpAlgorithms = ['curve25519', 'rsa3072', 'rsa4096', 'rsa2048'] as const;

export type OpenPgpAlgorithm = (typeof openPgpAlgorithms)[number];

/** The algorithm of each part: the primary key certifies and signs, the subkey decrypts. */
export interface PartAlgorithms {
  readonly primaryKey: StoredKeyAlgorithm;
  readonly subkey: StoredKeyAlgorithm;
}

const parts: Readonly<Record<OpenPgpAlgorithm, PartAlgorithms>> = {
  curve25519: { primaryKey: 'ed25519', subkey: 'x25519' },
  rsa2048: { primaryKey: 'rsa-2048', subkey: 'rsa-2048' },
  rsa3072: { primaryKey: 'rsa-3072', subkey: 'rsa-3072' },
  rsa4096: { primaryKey: 'rsa-4096', subkey: 'rsa-4096' },
};

export const partAlgorithmsOf = (algorithm: OpenPgpAlgorithm): PartAlgorithms => parts[algorithm];
