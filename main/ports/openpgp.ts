import type { StoredKeyAlgorithm } from '../domain/key/algorithm.ts';
import type { OpenPgpAlgorithm } from '../domain/openpgp/algorithm.ts';
import type { OpenPgpVerdict } from '../domain/openpgp/verdict.ts';
import type { Unlocked } from '../domain/openpgp/unlocked.ts';
import type { UserId } from '../domain/openpgp/user-id.ts';

export interface OpenPgpOrder {
  readonly algorithm: OpenPgpAlgorithm;
  /** One for each mailbox; the first is the primary one. */
  readonly userIds: readonly UserId[];
  /** Whole seconds, both. */
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** The primary key or the subkey, with its secret. */
export interface OpenPgpKeyPart {
  /** Hex, 40 digits. */
  readonly fingerprint: string;
  readonly algorithm: StoredKeyAlgorithm;
  /** Of its public key as a SubjectPublicKeyInfo, hex. */
  readonly spkiSha256: string;
  /** The content of a version 4 Secret-Key packet, not encrypted (RFC 9580 section 5.5.3). The caller's to wipe. */
  readonly secret: Uint8Array;
}

export interface NewOpenPgpKey {
  /** The transferable public key, binary (RFC 9580 section 10.1). */
  readonly certificate: Uint8Array;
  /** Certifies and signs. */
  readonly primaryKey: OpenPgpKeyPart;
  /** Decrypts what is sent to the person. */
  readonly subkey: OpenPgpKeyPart;
  /**
   * A key revocation signature without a reason (RFC 9580 sections 5.2.1.11 and 5.2.3.31), armored as text, made at
   * birth: whoever publishes it ends the key. The caller's to wipe.
   */
  readonly revocation: Uint8Array;
}

/** What a protected secret key is made of. The secrets stay the caller's to wipe. */
export interface OpenPgpSecrets {
  readonly certificate: Uint8Array;
  /** Left out, a stub without a secret stands in its place (GnuPG's gnu-dummy): the file then opens mail and signs nothing. */
  readonly primaryKey?: Uint8Array | undefined;
  readonly subkey: Uint8Array;
  /** The password is chance of 128 bits that no person chose: nobody guesses it, so that it is not stretched. */
  readonly isChance?: boolean | undefined;
}

export interface OpenPgpVerifyOrder {
  /** A signed message, a cleartext-signed text, or with `signature` any file. */
  readonly file: Uint8Array;
  readonly signature?: Uint8Array | undefined;
  /** Armored or binary, one or more in each; of one certificate in several files all that is said counts. */
  readonly certificates: readonly Uint8Array[];
  readonly now: Date;
}

export interface OpenPgpDecryptOrder {
  readonly file: Uint8Array;
  /** Transferable secret keys. The caller's to wipe. */
  readonly key: Uint8Array;
  /** Of the secret keys, UTF-8. The caller's to wipe. */
  readonly password?: Uint8Array | undefined;
  readonly certificates: readonly Uint8Array[];
  readonly now: Date;
}

/**
 * Makes OpenPGP keys of version 4 (RFC 9580) that GnuPG 2.2 and Thunderbird read, and packs them for mail programs.
 * Trusted to be a sound implementation: it has every secret it makes or packs in plain memory while it works, and may
 * leave copies there that nobody can wipe; it keeps none on purpose.
 */
export interface OpenPgp {
  /** RSA takes seconds, on the thread pool. */
  generate(order: OpenPgpOrder): Promise<NewOpenPgpKey>;
  /** The public half as a text file. @throws AppError store.corrupt for octets that are no OpenPGP certificate */
  armorCertificate(certificate: Uint8Array): Promise<Uint8Array>;
  /**
   * The transferable secret key as a text file, each secret encrypted with AES-256 (CFB) under the password, iterated and
   * salted (RFC 9580 sections 3.7.1.3 and 5.5.3). `password` is printable ASCII.
   * @throws AppError store.corrupt when the secrets are not those of the certificate
   */
  protect(secrets: OpenPgpSecrets, password: Uint8Array): Promise<Uint8Array>;
  /** Whether the secrets of one transferable secret key, binary, open under a password. Both stay the caller's to wipe. Never fails. */
  unlocks(key: Uint8Array, password: Uint8Array): Promise<Unlocked>;
  /**
   * Who signed, and whether it holds now: a key that has expired or been revoked since is a reason not to rely on it.
   * @throws AppError input.malformed-openpgp
   */
  verify(order: OpenPgpVerifyOrder): Promise<OpenPgpVerdict>;
  /**
   * Opens a message whose integrity is protected; others are refused in the same words as a wrong key.
   * @throws AppError input.malformed-openpgp, input.wrong-password, input.not-decryptable
   */
  decrypt(order: OpenPgpDecryptOrder): Promise<OpenPgpVerdict & { readonly content: Uint8Array }>;
}
