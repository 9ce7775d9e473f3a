import type { Pbes2Primitives } from './primitives.ts';

export interface PasswordEncrypted {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface PasswordProtection<Primitives extends Pbes2Primitives = Pbes2Primitives> {
  /** As `requirePortablePassword` accepts it. */
  readonly password: Uint8Array;
  readonly iterations: number;
  readonly primitives: Primitives;
}

/** Encrypts under a password with a fresh salt. */
export type PasswordEncryption<Primitives extends Pbes2Primitives = Pbes2Primitives> = (
  plaintext: Uint8Array,
  protection: PasswordProtection<Primitives>,
) => Promise<PasswordEncrypted>;
