import type { Compartment } from '../../domain/vault/compartment.ts';

export interface CompartmentRecord {
  readonly compartment: Compartment;
  readonly publicKey: Uint8Array;
}

/** A compartment's private half, wrapped for one operator's key pair. */
export interface GrantRecord {
  readonly compartment: Compartment;
  readonly operatorId: string;
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** A batch's sealing key, wrapped once for its compartment. */
export interface SealingKeyRecord {
  readonly id: string;
  readonly compartment: Compartment;
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface SealedKeyRecord {
  readonly keyId: string;
  /** nonce, ciphertext and tag of the PKCS #8 under its own data key. */
  readonly sealed: Uint8Array;
  /** The data key, once for each compartment that may open it. */
  readonly wraps: readonly { readonly sealingKeyId: string; readonly wrapped: Uint8Array }[];
}

export interface VaultReader {
  compartments(): Promise<readonly CompartmentRecord[]>;
  grants(operatorId: string): Promise<readonly GrantRecord[]>;
  sealingKey(id: string): Promise<SealingKeyRecord | undefined>;
  sealedKey(keyId: string): Promise<SealedKeyRecord | undefined>;
}

export interface VaultStore extends VaultReader {
  insertCompartments(records: readonly CompartmentRecord[]): Promise<void>;
  insertGrants(records: readonly GrantRecord[]): Promise<void>;
  insertSealingKeys(records: readonly SealingKeyRecord[]): Promise<void>;
  insertSealedKeys(records: readonly SealedKeyRecord[]): Promise<void>;
  /** Its octets are overwritten in the database; copies in backups stay. @throws AppError not-found */
  removeSealedKey(keyId: string): Promise<void>;
}
