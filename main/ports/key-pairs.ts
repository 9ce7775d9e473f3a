import type { KeyAlgorithm } from '../domain/key/algorithm.ts';

/** A fresh pair. `pkcs8` is owned by the caller, to be wiped after use. */
export interface KeyPair {
  /** PKCS #8 PrivateKeyInfo, DER (RFC 5958). */
  readonly pkcs8: Uint8Array;
  /** SubjectPublicKeyInfo, DER (RFC 5280 section 4.1.2.7). */
  readonly subjectPublicKeyInfo: Uint8Array;
}

/** Signs with one private key whose octets live in the cryptographic library only. */
export interface Sign {
  (data: Uint8Array): Uint8Array;
  /** The same for megabytes that come piece by piece: everything else has its turn in between, and only Ed25519 keeps the pieces. */
  inTurns(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array>;
  /** A signature of each, then everything else has its turn: for as many as may hold it up, some fifty. */
  each(datas: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
}

/** Signs with an authority's key, wherever that is: one on a token takes its time. */
export interface AuthoritySign {
  (data: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** Of each in their order. */
  each(datas: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
  inTurns(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array>;
}

/** Makes keys and signs with them, in software. Trusted to be the platform's cryptographic library. */
export interface KeyPairs {
  /** RSA takes seconds, on the thread pool; the others well under a millisecond. */
  generate(algorithm: KeyAlgorithm): Promise<KeyPair>;
  /**
   * A pair from a private key in a file: PKCS #8, PKCS #1 or SEC 1, PEM or DER, encrypted or not.
   * @throws AppError input.wrong-password when it is encrypted under another password or none was given; input.invalid when it is no key
   */
  open(file: Uint8Array, password: Uint8Array | undefined): KeyPair;
  /**
   * A signer in the form certificates and lists carry: PKCS #1 v1.5, ECDSA-Sig-Value or Ed25519, with the digest
   * `signatureAlgorithmOf(algorithm)` names. The caller still wipes `pkcs8`.
   */
  signer(pkcs8: Uint8Array, algorithm: KeyAlgorithm): Sign;
}
