import type { ErrorCode, ErrorDetails } from '../domain/errors.ts';
import type { KeyAlgorithm } from '../domain/key/algorithm.ts';
import type { Attestation } from '../domain/piv/attestation.ts';
import type { TokenAbilities } from '../domain/token/abilities.ts';
import type { PinLength } from '../domain/token/new-pin.ts';
import type { PinStatus, TriesLeft, UnlockCodeStatus } from '../domain/token/pin-status.ts';

/** Names a token wherever it is plugged in: the module that shows it, by name, and its serial number there. */
export interface TokenAddress {
  readonly module: string;
  readonly serialNumber: string;
}

/** An initialised token that is there now. */
export interface FoundToken extends TokenAddress {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  /** The slot's description. */
  readonly reader: string;
  readonly pin: PinStatus;
  /** Its reader has a pad for the PIN: a PIN without characters, wherever one is given, has the person type it there. */
  readonly isPinTypedAtReader: boolean;
  /** How long its PIN may be. */
  readonly pinLength: PinLength;
  /** What the token tells about tries of the unlock code. */
  readonly unlockCode: UnlockCodeStatus;
  /** The same by the card's own count; PKCS #11 has none. */
  readonly tries: TriesLeft;
  /** Whether its unlock code is the one from the factory; null where it does not tell. */
  readonly isUnlockCodeFactory: boolean | null;
  /** The same of the management key of a PIV card. */
  readonly isManagementKeyFactory: boolean | null;
  /** What it can make keys of and sign with, the preferred first. */
  readonly algorithms: readonly KeyAlgorithm[];
  readonly abilities: TokenAbilities;
}

export interface ModuleReport {
  readonly name: string;
  /** Absolute path. */
  readonly library: string;
  readonly state: 'working' | 'missing' | 'unusable' | 'crashed' | 'hung';
  readonly error: { readonly code: ErrorCode; readonly details: ErrorDetails } | null;
}

/** What there is at this moment. A module that does not work does not hide what the others show. */
export interface TokenSurvey {
  readonly tokens: readonly FoundToken[];
  readonly modules: readonly ModuleReport[];
  /** Every token that was there at some look, by serial number, with the module that showed it last. */
  readonly lastSeen: ReadonlyMap<string, string>;
}

/** Who does something on a token: its user and, where keys are made and put by the management key, who has that as well. UTF-8; the caller's to wipe. */
export interface TokenLogin {
  readonly pin: Uint8Array;
  /** 48 hexadecimal digits. */
  readonly managementKey?: Uint8Array | undefined;
}

/** A key pair to be made on a token. */
export interface TokenKeyOrder {
  /** CKA_ID the pair gets: chosen and recorded before, so that whatever is left of it is found again. */
  readonly ckaId: Uint8Array;
  readonly label: string;
  readonly algorithm: KeyAlgorithm;
  /** What the new key signs to prove that the token holds it. */
  readonly challenge: Uint8Array;
}

export interface TokenKey {
  /** DER. */
  readonly subjectPublicKeyInfo: Uint8Array;
  /** Signature over the challenge, as `sign` makes it. */
  readonly proof: Uint8Array;
}

/** A private key that is put on a token, to open mail there. */
export interface TokenKeyImport {
  readonly ckaId: Uint8Array;
  readonly label: string;
  /** PKCS #8, RSA or EC; the caller's to wipe. */
  readonly pkcs8: Uint8Array;
  /** For an RSA key a ciphertext (PKCS #1 v1.5), for an EC key a point of its curve (uncompressed): what it makes of it proves it. */
  readonly challenge: Uint8Array;
  /** Its own: by the management key it is written with the key, because PIV cards know their keys by it. */
  readonly certificate?: TokenCertificate;
}

/** A key pair to be made on a token that opens what is sealed for it, and signs nothing. */
export interface TokenOpeningKeyOrder {
  readonly ckaId: Uint8Array;
  readonly label: string;
}

/** A key on a token that opens what is sealed for its public half. */
export interface TokenOpeningKey {
  readonly ckaId: Uint8Array;
  /** DER. */
  readonly subjectPublicKeyInfo: Uint8Array;
}

/** What a key on a token is to open. */
export interface TokenOpening {
  readonly ckaId: Uint8Array;
  /** For an RSA key a ciphertext (PKCS #1 v1.5), for an EC key a point of its curve (uncompressed). */
  readonly challenge: Uint8Array;
}

export interface TokenSignature {
  readonly ckaId: Uint8Array;
  /** Of the key, as recorded. */
  readonly algorithm: KeyAlgorithm;
  /** What is signed, not its digest. */
  readonly data: Uint8Array;
}

/** A key on a token that signs until it is closed, without a PIN at each signature. */
export interface TokenSigner {
  /** False once it was closed, or failed: whatever went wrong, it signs no more. */
  readonly isOpen: boolean;
  /** One after another, as `Tokens.sign`. @throws AppError token.*; token.key-not-open when it is not open */
  sign(data: Uint8Array): Promise<Uint8Array>;
  /** Of each in their order, several to each question that its process is asked; all or nothing of them. @throws AppError as `sign` */
  each(datas: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
  /** Logs out and ends its process. */
  close(): void;
}

export interface TokenCertificate {
  /** CKA_ID of its key. */
  readonly ckaId: Uint8Array;
  readonly label: string;
  readonly der: Uint8Array;
  /** Name and INTEGER, DER, as they stand in the certificate. */
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly serialNumber: Uint8Array;
}

/** How a new token is set up. PINs are UTF-8 and stay the caller's to wipe. */
export interface TokenInitialization {
  /** At most 32 octets of UTF-8. */
  readonly label: string;
  /** The security officer's: sets the user's PIN anew when it is locked. */
  readonly soPin: Uint8Array;
  readonly pin: Uint8Array;
}

/** Another PIN in the place of the one that is known. Both are UTF-8 and stay the caller's to wipe. */
export interface TokenPinChange {
  readonly pin: Uint8Array;
  readonly newPin: Uint8Array;
}

/** How everything is taken off a token. */
export interface TokenWiping {
  /** The security officer's PIN (UTF-8), the caller's to wipe. */
  readonly soPin: Uint8Array;
  /** At most 32 octets of UTF-8: what it is called from then on. */
  readonly label: string;
}

/** Another PIN in the place of one that is locked, forgotten or was never set. Both are UTF-8 and stay the caller's to wipe. */
export interface TokenUnblocking {
  /** The security officer's PIN, or the PUK where the module takes it in that place. */
  readonly soPin: Uint8Array;
  readonly newPin: Uint8Array;
}

/** Another unlock code in the place of the one that is known. Both are UTF-8 and stay the caller's to wipe. */
export interface TokenUnlockCodeChange {
  readonly unlockCode: Uint8Array;
  readonly newUnlockCode: Uint8Array;
}

/** Another management key in the place of the one that is known: 48 hexadecimal digits each, the caller's to wipe. */
export interface ManagementKeyChange {
  readonly managementKey: Uint8Array;
  readonly newManagementKey: Uint8Array;
}

/** What a token holds under one CKA_ID. */
export interface TokenObjects {
  readonly privateKeys: number;
  readonly publicKeys: number;
  /** DER. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * Tokens behind PKCS #11 modules. Modules are foreign native code: each runs in a process of its own that holds nothing
 * of the practice but the PIN of the call, with a deadline on every call. Every call but `survey` logs in once with the
 * given PIN and logs out; a PIN is never tried twice by itself, and stays the caller's to wipe. A PIN without characters is refused
 * where the reader has no pad (pin-refused), and pin-pad-unused is said of a driver that does not take it. Failures are `token.*`:
 * absent, removed, pin-incorrect with what the token says about tries in details {pin}, pin-locked, mechanism-unsupported,
 * module-crashed and module-hung (after which nobody knows what was done), and others.
 */
export interface Tokens {
  /** Never fails: what does not work is in the reports. */
  survey(): Promise<TokenSurvey>;
  /** Logs in and out again: that the PIN is right is known before anything is made. */
  checkPin(token: TokenAddress, pin: Uint8Array): Promise<void>;
  /** One try of the old PIN, without a login of its own. @throws AppError token.pin-refused; token.unsupported when the module cannot */
  changePin(token: TokenAddress, change: TokenPinChange): Promise<void>;
  /** One try of the unlock code. @throws AppError token.unlock-code-incorrect, token.unlock-code-locked; token.unsupported when the module cannot */
  unblock(token: TokenAddress, unblocking: TokenUnblocking): Promise<void>;
  /** One try of the old code. @throws AppError as `unblock`; token.unsupported for all but PIV cards */
  replaceUnlockCode(token: TokenAddress, change: TokenUnlockCodeChange): Promise<void>;
  /** @throws AppError token.management-key-unknown when it is another one; token.unsupported for all but PIV cards */
  replaceManagementKey(token: TokenAddress, change: ManagementKeyChange): Promise<void>;
  /** Makes a pair that signs, stays on the token and cannot be extracted. */
  generateKeyPair(token: TokenAddress, login: TokenLogin, order: TokenKeyOrder): Promise<TokenKey>;
  /**
   * Puts a key on the token that opens mail and signs nothing, and cannot be extracted. Gives the plaintext of the challenge, or the secret
   * it shares with that point. @throws AppError token.mechanism-unsupported, token.unsupported where the token takes no keys from outside
   */
  importKey(token: TokenAddress, login: TokenLogin, order: TokenKeyImport): Promise<Uint8Array>;
  /**
   * Makes a pair that opens, stays on the token and cannot be extracted: on P-256 where the token agrees keys, else RSA.
   * @throws AppError token.mechanism-unsupported where it can do neither; token.*
   */
  generateOpeningKey(token: TokenAddress, pin: Uint8Array, order: TokenOpeningKeyOrder): Promise<TokenOpeningKey>;
  /** The keys on the token that open, as far as it shows their public halves. */
  openingKeys(token: TokenAddress, pin: Uint8Array): Promise<readonly TokenOpeningKey[]>;
  /** The plaintext, or the secret shared with that point; the caller's to wipe. @throws AppError not-found */
  open(token: TokenAddress, pin: Uint8Array, order: TokenOpening): Promise<Uint8Array>;
  /** As X.509 and CMS carry signatures: Ecdsa-Sig-Value, PKCS #1 v1.5 or Ed25519, with the digest of `signatureAlgorithmOf`. @throws AppError not-found */
  sign(token: TokenAddress, pin: Uint8Array, order: TokenSignature): Promise<Uint8Array>;
  /**
   * Logs in, once, and stays so for this one key: in a process of its own, so that no other act logs it out. The PIN stays there alone, and
   * only for a key that asks for it at each use. @throws AppError not-found
   */
  openSigner(token: TokenAddress, pin: Uint8Array, key: Omit<TokenSignature, 'data'>): Promise<TokenSigner>;
  /** Puts a certificate beside its key; one that is there already is left. @throws AppError not-found when the key is not there */
  writeCertificate(token: TokenAddress, login: TokenLogin, certificate: TokenCertificate): Promise<void>;
  objects(token: TokenAddress, pin: Uint8Array, ckaId: Uint8Array): Promise<TokenObjects>;
  /** What the token's maker lets it say of a key it has made, which nobody has verified; undefined where it says nothing. @throws AppError token.removed */
  attest(token: TokenAddress, ckaId: Uint8Array): Promise<Attestation | undefined>;
  /** The CKA_IDs under which it shows a private key or a certificate without a PIN. */
  usedKeyIds(token: TokenAddress): Promise<readonly Uint8Array[]>;
  /** Removes everything under a CKA_ID, certificates first; answers how many objects there were. A PIV card keeps the key, and shows it no more. */
  destroyObjects(token: TokenAddress, login: TokenLogin, ckaId: Uint8Array): Promise<number>;
  /**
   * Removes what a module left of keys and certificates it was making when it was killed: objects without name and content.
   * Only where something of ours was interrupted; answers how many there were.
   */
  clearFragments(token: TokenAddress, login: TokenLogin): Promise<number>;
  /** Sets up a token of the module that never was; answers its serial number. @throws AppError token.absent when there is none, token.pin-refused */
  initialize(module: string, order: TokenInitialization): Promise<string>;
  /** Takes everything off a token, also its user's PIN: one try of the unlock code. @throws AppError as `unblock` */
  wipe(token: TokenAddress, wiping: TokenWiping): Promise<void>;
  /** Ends the modules' processes. */
  close(): void;
}
