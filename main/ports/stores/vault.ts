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

/** A sealing key that is not stored yet. */
export interface FreshSealingKey extends SealingKeyRecord {
  /** The compartment's public half it is wrapped for. */
  readonly sealedFor: Uint8Array;
}

/**
 * What stands behind an operator's record: a code over id, role and public half that only who opens this compartment can
 * make or check. Without it, whoever can write the database could put another key or role beside a name and wait to be
 * granted something.
 */
export interface VoucherRecord {
  readonly operatorId: string;
  readonly compartment: Compartment;
  readonly code: Uint8Array;
}

/** A compartment with another key pair: all that was wrapped for the old one, wrapped for the new one. */
export interface CompartmentRotation {
  readonly compartment: Compartment;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly sealingKeys: readonly SealingKeyRecord[];
  readonly grants: readonly GrantRecord[];
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
  /** All of one compartment. */
  sealingKeys(compartment: Compartment): Promise<readonly SealingKeyRecord[]>;
  vouchers(operatorId: string): Promise<readonly VoucherRecord[]>;
  sealedKey(keyId: string): Promise<SealedKeyRecord | undefined>;
  /** Every key with a wrap for this compartment. */
  sealedFor(compartment: Compartment): Promise<readonly SealedKeyRecord[]>;
}

/** A compartment that nobody can open any more, begun again with another key pair. */
export interface CompartmentRestart {
  readonly compartment: Compartment;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly sealingKeys: readonly SealingKeyRecord[];
  readonly grants: readonly GrantRecord[];
  /** What is sealed for it from now on: every key that was, with other wraps. */
  readonly sealedKeys: readonly SealedKeyRecord[];
}

export interface VaultStore extends VaultReader {
  insertCompartments(records: readonly CompartmentRecord[]): Promise<void>;
  insertGrants(records: readonly GrantRecord[]): Promise<void>;
  /** @throws AppError stale when a compartment has another key pair than the one they are wrapped for: nobody could open them */
  insertSealingKeys(records: readonly FreshSealingKey[]): Promise<void>;
  /** @throws AppError stale, as `insertSealingKeys`, for keys that were stored before */
  requireCurrent(records: readonly FreshSealingKey[]): Promise<void>;
  /**
   * Changes a compartment's key pair; every grant of the old one goes. The old wraps are overwritten in the database.
   * @throws AppError stale when the pair is not `before` any more, or sealing keys were stored meanwhile
   */
  rotateCompartment(rotation: CompartmentRotation): Promise<void>;
  /**
   * What was wrapped for the old pair is overwritten: its sealing keys go, and the keys below them have these wraps.
   * @throws AppError stale when the pair is not `before` any more, or a key was sealed for it meanwhile
   */
  restartCompartment(restart: CompartmentRestart): Promise<void>;
  /** Of the keys with a certificate of these people, or of everybody who left: only what the escrow opens is kept of the wraps. */
  leaveToEscrow(people: readonly string[] | 'left'): Promise<void>;
  /** Takes every grant and voucher of an operator away. */
  removeGrants(operatorId: string): Promise<void>;
  /** Replaces those of the same operator and compartment. */
  putVouchers(records: readonly VoucherRecord[]): Promise<void>;
  insertSealedKeys(records: readonly SealedKeyRecord[]): Promise<void>;
  /** Its octets are overwritten in the database; copies in backups stay. @throws AppError not-found */
  removeSealedKey(keyId: string): Promise<void>;
}
