import type { KeyUsagePurpose } from '../key/usage.ts';

/** Mail programs Keyward sets up by itself, as people call them. */
export const mailClientNames = {
  thunderbird: 'Thunderbird',
  evolution: 'Evolution',
  kmail: 'KMail',
  claws: 'Claws Mail',
  neomutt: 'NeoMutt',
  gnupg: 'GnuPG and Kleopatra',
  nss: 'NSS database',
  'windows-certificates': 'Windows certificate store',
  'macos-keychain': 'macOS keychain',
} as const;
export type MailClientId = keyof typeof mailClientNames;
export const mailClientIds = Object.keys(mailClientNames) as readonly MailClientId[];

/** Whether mail is encrypted only when its writer asks, or is not sent at all unless it can be encrypted. */
export const encryptionChoices = ['ask', 'always'] as const;
export type EncryptionChoice = (typeof encryptionChoices)[number];

/** What mail is signed and encrypted by. */
export const mailTechnologies = ['smime', 'openpgp'] as const;
export type MailTechnology = (typeof mailTechnologies)[number];

/** Who a profile sends as. */
export interface Senders {
  readonly identities: readonly MailIdentity[];
  /** It has no accounts of its own and serves whoever has keys in it, under each of their addresses. */
  readonly isAnybodys?: boolean;
}

/** One sender address a mail program knows, under the program's own key for it. */
export interface MailIdentity {
  readonly key: string;
  readonly address: string;
}

/** A certificate of the person, as far as a mail program is concerned. */
export interface MailCertificate {
  /** Ours. */
  readonly id: string;
  readonly der: Uint8Array;
  readonly emails: readonly string[];
  readonly use: KeyUsagePurpose;
  readonly status: 'valid' | 'expired' | 'not-yet-valid' | 'revoked' | 'on-hold';
  /** The newest for its use; an older one serves to open old mail. */
  readonly isCurrent: boolean;
  /** Its key is on a card, and stays there. */
  readonly card?: MailCard;
}

/** A card a mail program is to use a key on. */
export interface MailCard {
  readonly serialNumber: string;
  /** The PKCS #11 module that shows it, absolute; undefined while the card is not there. */
  readonly library: string | undefined;
}

/** An authority on the way from a certificate to its root. */
export interface MailIssuer {
  readonly der: Uint8Array;
  /** Unique among all authorities anybody may have brought into the program. */
  readonly label: string;
  readonly isRoot: boolean;
}

/** The certificate that mail to somebody is encrypted to. */
export interface MailRecipient {
  readonly certificate: MailCertificate;
  /** Unique, as an issuer's. */
  readonly label: string;
}

/** What a mail program is to be given for one person. */
export interface MailSetup {
  readonly mailboxes: readonly string[];
  /** Newest first. */
  readonly certificates: readonly MailCertificate[];
  readonly issuers: readonly MailIssuer[];
  /** Of people they write to: mail to them can be encrypted from the beginning. */
  readonly recipients?: readonly MailRecipient[];
  readonly encrypt: EncryptionChoice;
}

/** The certificates one identity signs and decrypts with. */
export interface ChosenCertificates {
  readonly identity: MailIdentity;
  readonly sign: MailCertificate;
  readonly encrypt: MailCertificate;
}

/** What would be written where. */
export interface MailWrite {
  /** File name within the profile. */
  readonly file: string;
  readonly kind:
    | 'private-keys'
    | 'certificates'
    | 'trust'
    | 'preferences'
    | 'drivers'
    | 'recipients'
    | 'openpgp-secrets'
    | 'openpgp-keys'
    | 'openpgp-acceptance'
    | 'openpgp-settings'
    | 'openpgp-recipients';
  readonly count: number;
}

/** What was read about one certificate an identity is to use. */
export interface UseReading {
  /** The program shows a name for it; without one it takes none, whatever else is set. */
  readonly isNamed: boolean;
  /** Something is chosen. */
  readonly isChosen: boolean;
  /** Which of the person's certificates it is; undefined when it is none of them. */
  readonly certificate: MailCertificate | undefined;
  readonly isPresent: boolean;
  readonly hasPrivateKey: boolean;
  /** The program's own engine accepts it for this use. */
  readonly isAccepted: boolean;
}

export interface IdentityReading {
  readonly identity: MailIdentity;
  readonly sign: UseReading;
  readonly encrypt: UseReading;
  /** New mail is signed unless its writer says otherwise. */
  readonly signsByDefault: boolean;
  /** The program uses S/MIME for it, not another technology it has set up. */
  readonly usesSmime: boolean;
}

/** What a profile holds, read back. */
export interface MailReading {
  readonly addresses: readonly string[];
  /** The identities of the person, and those that use a certificate of theirs. */
  readonly identities: readonly IdentityReading[];
  /** Older certificates whose private key is not there: mail encrypted to them stays closed. */
  readonly missingKept: readonly MailCertificate[];
  /** Recipients whose certificate is not there, or not accepted: mail to them cannot be encrypted. */
  readonly missingRecipients?: readonly MailCertificate[];
}
