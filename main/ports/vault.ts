import type { Role } from '../domain/access/role.ts';
import type { Compartment } from '../domain/vault/compartment.ts';
import type { OpeningRecord, OperatorRecord } from './stores/operators.ts';
import type { NewSheets, SheetsRecord, ShareRecord } from './stores/escrow.ts';
import type { CompartmentRecord, FreshSealingKey, GrantRecord, SealedKeyRecord, SealingKeyRecord, VoucherRecord } from './stores/vault.ts';

/**
 * Seals private keys so that writing needs public halves only. It keeps nothing: records go in and out as values, and
 * a store keeps them. Secrets it gives are octets owned by the caller, to be wiped after use; secrets it is
 * given stay the caller's.
 *
 * Guarantees: a record that was altered, or moved to where another belongs, opens as store.corrupt and never as
 * something else. Trust: sealing authenticates no author. Whoever can write the database can replace a compartment
 * together with its grants, and so read what is sealed from then on; the signed log and its witnesses are what shows it.
 */
export interface Vault {
  /** All compartments, each with a fresh key pair, open so that they can be granted. */
  createCompartments(): Promise<readonly OpenCompartment[]>;

  /** @throws AppError input.empty, input.too-large, input.invalid for a passphrase that cannot be used. */
  createOperator(operatorId: string, passphrase: Uint8Array): Promise<NewOperator>;

  /** A key pair for a computer, sealed under 32 octets or more that its keychain holds. Opened by `unlockWithSecret`, challenge its public half. */
  createDevice(id: string, secret: Uint8Array): NewDevice;

  /**
   * Costs the same, and refuses with the same error, whether the passphrase is wrong or there is no such operator.
   * @throws AppError session.sign-in-failed, without a reason; store.corrupt for a record nothing could open.
   */
  unlock(operator: SealedOperator | undefined, passphrase: Uint8Array): Promise<UnlockedOperator>;

  /** @throws AppError input.invalid with `group` for a typing slip; otherwise as `unlock`. */
  unlockWithRecoveryCode(operator: SealedOperator | undefined, code: Uint8Array): Promise<UnlockedOperator>;

  /** With what only a card makes: `UnlockedOperator.sealUnder`. @throws AppError as `unlock` */
  unlockWithSecret(operator: SealedOperator | undefined, secret: Uint8Array, challenge: Uint8Array): Promise<UnlockedOperator>;

  /** A key for one batch or session. Needs the public half only; the record is stored before anything sealed under it. */
  createSealingKey(compartment: CompartmentRecord): Promise<NewSealingKey>;

  /** A wrapping key that a keychain is to hold. `octets` are the caller's to wipe; of what is sealed under it nothing else opens. */
  createKeychainKey(id: string): { readonly octets: Uint8Array; readonly open: OpenSealingKey };

  /** The same again, from what the keychain gave back; `octets` stay the caller's. */
  openKeychainKey(id: string, octets: Uint8Array): OpenSealingKey;

  /** Synchronous and quick, without a database: may be called in a worker thread. Leaves `pkcs8` to be wiped by the caller. */
  seal(request: SealRequest): SealedKeyRecord;

  /** The PKCS #8. @throws AppError not-found when it was not sealed under that key, store.corrupt. */
  open(record: SealedKeyRecord, under: OpenSealingKey): Uint8Array;

  /** The record with one more wrap of its data key. @throws as `open` */
  wrapAlso(record: SealedKeyRecord, under: OpenSealingKey, also: OpenSealingKey): SealedKeyRecord;

  /** A compartment whose private half was shared, from enough shares; they stay the caller's. @throws AppError store.corrupt */
  openShared(compartment: CompartmentRecord, shares: readonly Uint8Array[]): Promise<OpenCompartment>;

  /** The same from what sheets of paper hold. @throws AppError store.corrupt */
  openWithSheets(compartment: CompartmentRecord, sheets: SheetsRecord, shares: readonly Uint8Array[]): Promise<OpenCompartment>;

  /** Whether a share is the one that was printed under this number. */
  isPrinted(sheets: Pick<SheetsRecord, 'digests'>, number: number, share: Uint8Array): boolean;

  /** Whether what is kept of a share is as it was written. Needs nobody's key. */
  isIntact(share: ShareRecord): boolean;

  /** A fresh Ed25519 key that signs the log, sealed like any other, under a sealing key of the audit compartment. */
  createLogKey(keyId: string, under: OpenSealingKey): NewLogKey;

  /** @throws AppError not-found, store.corrupt */
  openLogKey(record: SealedKeyRecord, under: OpenSealingKey): LogKey;
}

/** What opens an operator's private half: its public half and one of its openings. */
export interface SealedOperator {
  readonly operator: Pick<OperatorRecord, 'id' | 'publicKey'>;
  readonly opening: OpeningRecord;
}

export interface NewDevice {
  readonly unlocked: UnlockedOperator;
  readonly opening: OpeningRecord;
}

export interface NewOperator {
  readonly unlocked: UnlockedOperator;
  readonly openings: readonly OpeningRecord[];
  /** ASCII, to be printed once and wiped. */
  readonly recoveryCode: Uint8Array;
}

/** An operator's open key pair. After `wipe` every call throws session.locked. */
export interface UnlockedOperator {
  readonly operatorId: string;
  readonly publicKey: Uint8Array;
  /** @throws AppError store.corrupt, session.locked */
  openCompartment(compartment: CompartmentRecord, grant: GrantRecord): Promise<OpenCompartment>;
  /** The record that replaces the one of method `passphrase`. @throws as `createOperator`, session.locked */
  changePassphrase(passphrase: Uint8Array): Promise<OpeningRecord>;
  /** The record that replaces the one of method `recovery-code`, and the code to print. @throws AppError session.locked */
  replaceRecoveryCode(): Promise<{ readonly opening: OpeningRecord; readonly recoveryCode: Uint8Array }>;
  /**
   * An opening of method `card`: under a secret of 32 octets or more that nobody can search, bound to the challenge of which only a card
   * makes it. It is kept with that card, not among the other openings. @throws AppError session.locked
   */
  sealUnder(secret: Uint8Array, challenge: Uint8Array): OpeningRecord;
  /** Seals secrets of the operator's own second factor so that only their open key pair reads or makes them. @throws AppError session.locked */
  sealOwn(octets: Uint8Array): Uint8Array;
  /** @throws AppError store.corrupt, session.locked */
  openOwn(sealed: Uint8Array): Uint8Array;
  /** Their share of a compartment, the caller's to wipe. @throws AppError store.corrupt, session.locked */
  openShare(compartment: Compartment, share: ShareRecord): Promise<Uint8Array>;
  /** Their share, sealed for another operator and one purpose. @throws AppError store.corrupt, session.locked */
  lendShare(compartment: Compartment, share: ShareRecord, to: Borrower): Promise<Loan>;
  /** A share that was lent to them, the caller's to wipe. @throws AppError store.corrupt, session.locked */
  openLoan(loan: Loan, purpose: string): Promise<Uint8Array>;
  wipe(): void;
}

export interface Borrower {
  readonly id: string;
  readonly publicKey: Uint8Array;
  /** What it is lent for, and opens for nothing else: the id of a request. */
  readonly purpose: string;
}

/** HPKE, as a grant. */
export interface Loan {
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** What a voucher is for. */
export interface VouchedOperator {
  readonly id: string;
  /** `device`: a computer that goes on alone. */
  readonly role: Role | 'device';
  readonly publicKey: Uint8Array;
}

/** A compartment's open key pair. After `wipe` every call throws session.locked. */
export interface OpenCompartment {
  readonly record: CompartmentRecord;
  /** @throws AppError session.locked */
  grantTo(operator: { readonly id: string; readonly publicKey: Uint8Array }): Promise<GrantRecord>;
  /** The private half in shares, any two of which open it. Two operators or more. @throws AppError session.locked */
  shareAmong(operators: readonly { readonly id: string; readonly publicKey: Uint8Array }[]): Promise<readonly ShareRecord[]>;
  /** Fresh sheets of paper, and this private half sealed to what they hold. @throws AppError session.locked */
  makeSheets(sheets: Pick<SheetsRecord, 'id' | 'total' | 'threshold'>): Promise<NewSheets>;
  /** This private half, sealed to what sheets hold that were printed before. @throws AppError session.locked */
  sealForSheets(sheets: SheetsRecord): Promise<SheetsRecord>;
  /** @throws AppError store.corrupt, session.locked */
  openSealingKey(record: SealingKeyRecord): Promise<OpenSealingKey>;
  /**
   * The same compartment under a fresh key pair, and these sealing keys wrapped for it: who kept the old private half
   * opens none of them. @throws AppError store.corrupt, session.locked
   */
  rotate(sealingKeys: readonly SealingKeyRecord[]): Promise<{
    readonly compartment: OpenCompartment;
    readonly sealingKeys: readonly SealingKeyRecord[];
  }>;
  /** What only who opens this compartment can make or check. @throws AppError session.locked */
  vouch(operator: VouchedOperator): VoucherRecord;
  /** Whether this compartment vouched for exactly this id, role and public half. @throws AppError session.locked */
  isVouched(operator: VouchedOperator, voucher: VoucherRecord): boolean;
  wipe(): void;
}

/** A sealing key ready for use: plain, so that it can be posted to a worker thread. */
export interface OpenSealingKey {
  readonly id: string;
  readonly compartment: Compartment;
  /**
   * The vault's own handle, opaque to everybody else. The octets are outside the reach of JavaScript and are cleared
   * when the last reference is collected: drop it to end it. Good for 2^32 keys (SP 800-38D section 8.3), far above
   * any batch.
   */
  readonly key: object;
}

export interface NewSealingKey {
  readonly record: FreshSealingKey;
  readonly open: OpenSealingKey;
}

export interface SealRequest {
  readonly keyId: string;
  /** PKCS #8 (RFC 5958); for OpenPGP the content of a secret key packet (RFC 9580 section 5.5.3), or a revocation certificate. */
  readonly pkcs8: Uint8Array;
  /** One wrap of the same data key for each. */
  readonly under: readonly OpenSealingKey[];
}

export interface NewLogKey {
  readonly record: SealedKeyRecord;
  /** Raw, 32 octets (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** After `wipe`, `sign` throws session.locked. */
export interface LogKey {
  readonly publicKey: Uint8Array;
  /** Ed25519, 64 octets. @throws AppError session.locked */
  sign(message: Uint8Array): Uint8Array;
  wipe(): void;
}
