/** How it stands with one signature. Everything but `valid` is a reason not to rely on it. */
export type OpenPgpSignatureStatus =
  | 'valid'
  /** None of the certificates has the key that signed. */
  | 'unknown-key'
  /** SHA-1, MD5 or RIPEMD-160 over the message. */
  | 'weak-digest'
  | 'expired'
  | 'key-expired'
  | 'key-revoked'
  /** Of a kind, version or algorithm that is not known. */
  | 'unknown-kind'
  /** Not of this content, or by a key that may not sign messages or could not then. */
  | 'does-not-hold';

export interface OpenPgpSigner {
  readonly status: OpenPgpSignatureStatus;
  /** As the signature names the key, hex; null where it cannot be read. */
  readonly keyId: string | null;
  /** Of the primary key, hex; null where no certificate has the key. */
  readonly fingerprint: string | null;
  /** Those the primary key vouches for. */
  readonly userIds: readonly string[];
  /** RFC 3339; what the signature claims. */
  readonly created: string | null;
}

/** Valid only where there is a signature and every one is. */
export interface OpenPgpVerdict {
  readonly valid: boolean;
  readonly signers: readonly OpenPgpSigner[];
  /** Beside the armor stands text that nobody signed. */
  readonly hasUnsignedText: boolean;
}
