import type { PfxStyle } from '../../pfx/encode-pfx.ts';
import type { MailCertificate, MailIssuer } from '../mail-client.ts';

/** A file of private keys that goes into a kit. */
export interface KitContainer {
  /** Whose keys are in it, that in use first. */
  readonly certificates: readonly MailCertificate[];
  /** A PFX (RFC 7292), under the kit's one password. */
  readonly pfx: Uint8Array;
}

export interface KitContent {
  readonly practice: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly mailboxes: readonly string[];
  /** One with all keys, or one for each, as the kit asks for. */
  readonly containers: readonly KitContainer[];
  readonly issuers: readonly MailIssuer[];
  /** PKCS #11 modules on this computer that show the person's cards, absolute. */
  readonly drivers: readonly string[];
  /** New ones, as many as are taken. */
  uuid(): string;
  readonly sha1Hex: (octets: Uint8Array) => string;
}

export interface KitFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * What a mail program that is not on this computer, or that Keyward does not drive, takes: files by its documented
 * interface. Pure. Never a password: that goes another way.
 */
export interface MailKit {
  /** How the keys are packed: all in one file or a file for each, under which lock. */
  readonly keys: { readonly packing: 'together' | 'one-by-one'; readonly style: PfxStyle } | undefined;
  readonly files: (content: KitContent) => readonly KitFile[];
  /** Files of this ending say who made them, where the practice has a mailbox of its own that signs: as CMS, whole, DER. */
  readonly signed?: string;
}
