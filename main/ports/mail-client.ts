import type { MailClientId, MailReading, MailSetup, MailWrite, Senders } from '../domain/mail-client/mail-client.ts';
import type { OpenPgpReading, OpenPgpSetup } from '../domain/mail-client/openpgp-setup.ts';
import type { OpenPgp } from './openpgp.ts';

/** One person's place in a mail program. */
export interface MailProfile extends Senders {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  readonly isDefault: boolean;
  /** The program has it open now. */
  readonly isOpen: boolean;
}

export interface MailClientState {
  readonly isInstalled: boolean;
  readonly profiles: readonly MailProfile[];
}

/**
 * The files a program's engine takes. `together`: one PFX, modern. `one-by-one`: a compatible PFX for each key, because
 * GnuPG takes the first key of a file and none of a modern one. `keys-alone`: one modern PFX without the authorities, because Windows puts
 * all that is in a file beside the keys.
 */
export type MailKeyForm = 'together' | 'one-by-one' | 'keys-alone';

/** Private keys on their way: PFXs (RFC 7292) under one password, printable ASCII. All stay the caller's to wipe. */
export interface MailKeys {
  readonly pfxs: readonly Uint8Array[];
  readonly password: Uint8Array;
  /** Private keys in it, and certificates. */
  readonly counts: { readonly keys: number; readonly certificates: number };
}

export interface MailProfileRequest {
  readonly profile: MailProfile;
  readonly setup: MailSetup;
  /** The profile's own password (Thunderbird's primary password), UTF-8; stays the caller's to wipe. */
  readonly password?: Uint8Array | undefined;
}

/** As `MailProfileRequest`, for OpenPGP keys. */
export interface OpenPgpProfileRequest {
  readonly profile: MailProfile;
  readonly setup: OpenPgpSetup;
  readonly password?: Uint8Array | undefined;
  /** By it is told what has expired. */
  readonly now: Date;
  /** As `OpenPgp.unlocks`. */
  readonly unlocks: OpenPgp['unlocks'];
}

/** The secret halves of all keys of a set-up under a password that is chance, in printable ASCII: transferable secret keys, binary. */
export type LockOpenPgpKeys = (password: Uint8Array) => Promise<readonly Uint8Array[]>;

/** A profile that was changed and proved, with the way back still open. One of the two ends it; neither fails. */
export interface MailChange {
  /** The change is recorded: what was there before is forgotten. */
  keep(): void;
  /** Every file is again as it was, octet by octet; a store of the system no longer has what was put in. */
  undo(): void | Promise<void>;
}

/** What became of an interrupted change. `changed-since`: the program has worked on the profile meanwhile, nothing was touched. */
export type Recovery = 'restored' | 'untouched' | 'changed-since';

/** OpenPGP in a mail program, with the guarantees of `MailClient`. */
export interface OpenPgpHandOver {
  /**
   * Pure: what `apply` would write.
   * @throws AppError client.no-identity with details {addresses}, client.no-openpgp with details {address}, client.unfit for a key that
   * does not both sign and encrypt
   */
  plan(request: OpenPgpProfileRequest): readonly MailWrite[];
  /** @throws AppError client.absent, client.open, client.locked, client.unreadable */
  read(request: OpenPgpProfileRequest): Promise<OpenPgpReading>;
  /** `lock` is asked once, for the password the program itself keeps. @throws AppError as `MailClient.apply` and `lock` */
  apply(request: OpenPgpProfileRequest, lock: LockOpenPgpKeys, change: string): Promise<MailChange>;
}

/**
 * A mail program on this computer. Guarantees: a profile that is open is never written to; `apply` has read back what it
 * wrote, with the program's own engine where that is here, before it answers, and whatever stops it leaves the profile
 * octet by octet as it was; when this process is killed meanwhile, `recover` does that. Reading changes nothing.
 * Private keys are on disk only in files of this user, in memory's file system where there is one, until the call ends.
 * Trust: profiles are foreign files, read with limits; the tools that write them are the system's.
 */
export interface MailClient {
  readonly id: MailClientId;
  readonly keyForm: MailKeyForm;
  /** It signs and decrypts with keys that stay on a card. */
  readonly takesCards: boolean;
  /** It is a part of another system than this computer's: it is never here, and `find` says so. */
  readonly isElsewhere?: boolean;
  /** Undefined where OpenPGP keys are not handed over from here. */
  readonly openPgp?: OpenPgpHandOver | undefined;
  /** Never fails: a profile that cannot be read has no identities. */
  detect(): Promise<MailClientState>;
  /**
   * The profile in this directory (or the store of this name), or without one the person's default profile where there is no doubt which it is.
   * @throws AppError not-found, client.no-profile with details {profiles}, client.unreadable, client.other-system
   */
  find(directory?: string): Promise<MailProfile>;
  /**
   * Pure: what `apply` would write.
   * @throws AppError client.no-identity with details {addresses}, client.no-certificate, client.unfit for a certificate the
   * program can do nothing with
   */
  plan(request: MailProfileRequest, counts: MailKeys['counts']): readonly MailWrite[];
  /** @throws AppError client.absent, client.open, client.locked for the profile's password, client.unreadable */
  read(request: MailProfileRequest): Promise<MailReading>;
  /**
   * `change` names it, for `recover`.
   * @throws AppError as `plan` and `read`; client.not-ready with details {findings} when reading back found something
   * wrong; conflict while another change of this profile goes on; store.full, store.read-only
   */
  apply(request: MailProfileRequest, keys: MailKeys, change: string): Promise<MailChange>;
  /**
   * Ends the change of this name, if a process that was killed left it behind in this directory: one that `isRecorded` is
   * kept, any other taken back. @throws AppError client.open, store.*
   */
  recover(directory: string, change: string, isRecorded: boolean): Promise<Recovery>;
}
