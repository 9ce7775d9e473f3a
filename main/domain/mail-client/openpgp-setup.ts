import { AppError } from '../errors.ts';
import { isOneOf } from './choose-certificates.ts';
import type { EncryptionChoice, MailIdentity } from './mail-client.ts';

/** An OpenPGP key of the person, or of somebody they write to, as far as a mail program is concerned. */
export interface MailOpenPgpKey {
  /** Ours. */
  readonly id: string;
  /** Of the primary key, hexadecimal, lower case. */
  readonly fingerprint: string;
  /** The transferable public key, binary (RFC 9580 section 10.1). */
  readonly certificate: Uint8Array;
  /** Of its user IDs. */
  readonly addresses: readonly string[];
  readonly status: 'valid' | 'expired';
  /** The one in use; an older one serves to open old mail. */
  readonly isCurrent: boolean;
}

/** What a mail program is to be given for one person. */
export interface OpenPgpSetup {
  readonly mailboxes: readonly string[];
  /** Whose secret half goes with it, newest first. */
  readonly keys: readonly MailOpenPgpKey[];
  /** Of people they write to: mail to them can be encrypted from the beginning. */
  readonly recipients: readonly MailOpenPgpKey[];
  readonly encrypt: EncryptionChoice;
}

/** What a program's key ring says of one key. */
export interface HeldOpenPgpKey {
  readonly isRevoked: boolean;
  readonly isExpired: boolean;
  /** What is good now in it, the primary key or a subkey. */
  readonly canSign: boolean;
  readonly canEncrypt: boolean;
}

/** What was read about one identity. */
export interface OpenPgpIdentityReading {
  readonly identity: MailIdentity;
  /** Something is chosen. */
  readonly isChosen: boolean;
  /** It is told to look for the secret half in a GnuPG outside. */
  readonly isElsewhere: boolean;
  /** Which of the person's keys is chosen; undefined when it is none of them. */
  readonly key: MailOpenPgpKey | undefined;
  /** Its public half; undefined when it is not there. */
  readonly held: HeldOpenPgpKey | undefined;
  readonly hasSecret: boolean;
  /** The secret half, all of it, opens by what the program itself opens it with. */
  readonly unlocks: boolean;
  /** It is taken for the person's own, without which the program does not sign with it. */
  readonly isAccepted: boolean;
  /** New mail is signed unless its writer says otherwise. */
  readonly signsByDefault: boolean;
}

/** What a profile holds, read back. */
export interface OpenPgpReading {
  readonly addresses: readonly string[];
  /** The identities of the person, and those that use a key of theirs. */
  readonly identities: readonly OpenPgpIdentityReading[];
  /** Older keys whose secret half is not there, or does not open. */
  readonly missingKept: readonly MailOpenPgpKey[];
  /** Recipients whose key is not there, not good, or not accepted. */
  readonly missingRecipients: readonly MailOpenPgpKey[];
}

/**
 * The key in use that names the identity's address.
 * @throws AppError client.no-openpgp with details {address}
 */
export function chooseOpenPgpKey({ keys }: OpenPgpSetup, { address }: MailIdentity): MailOpenPgpKey {
  const found = keys.find(({ isCurrent, status, addresses }) => isCurrent && status === 'valid' && isOneOf(address, addresses));
  if (found === undefined) throw new AppError('client.no-openpgp', `They have no OpenPGP key in use that names ${address}.`, { address });
  return found;
}

/** Older keys that open old mail, whatever became of them since. */
export const keptOpenPgpKeys = ({ keys }: OpenPgpSetup): readonly MailOpenPgpKey[] => keys.filter(({ isCurrent }) => !isCurrent);
