import type { EncryptionChoice, MailIdentity } from '../mail-client.ts';

/** How one sender address is set up, as the program's own settings put it. */
export interface IdentitySettings {
  readonly identity: MailIdentity;
  /** What the program calls the certificate it is to sign with; empty when none is chosen. */
  readonly sign: string;
  /** The same for the one it encrypts to the person with; null for a program that takes what is there. */
  readonly encrypt: string | null;
  readonly signsByDefault: boolean;
  readonly usesSmime: boolean;
}

export interface ChosenNames {
  readonly sign: string;
  readonly encrypt: string;
  readonly encryption: EncryptionChoice;
}

/** The settings of a program that are text: how they are read and written. Pure. */
export interface SettingsFormat {
  /** @throws AppError client.unreadable */
  read(text: string): readonly IdentitySettings[];
  /** The same text with one identity set up: signing always, and with these certificates. Everything else stays. */
  write(text: string, key: string, names: ChosenNames): string;
}
