import { z } from 'zod';
import { whoMay } from '../domain/access/permissions.ts';
import type { MessageVerdict } from '../domain/cms/verify-cms.ts';
import type { ViewedObject } from '../domain/inspect/view-file.ts';
import type { PathValidation } from '../domain/x509/path-validation/result.ts';
import type { ReadableMail } from '../domain/mime/readable-mail.ts';
import { command, query } from './call.ts';
import { cardWithPin } from './messages.ts';
import { fileContent, type FileContent } from './secret.ts';

/** One certificate of a chain. */
export interface ViewedLink {
  readonly sha256: string;
  /** As in its subject. */
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isAuthority: boolean;
  /** One of the practice's own authorities. */
  readonly isOurs: boolean;
}

/** Whether a certificate is to be trusted under the practice's own roots, and why. */
export interface ViewedChain {
  readonly validation: PathValidation;
  /** From the certificate upwards, as far as the path came. */
  readonly links: readonly ViewedLink[];
}

/** What a mail says of itself, and what its signatures are worth. */
export interface ViewedMail {
  readonly from: string | null;
  readonly subject: string | null;
  readonly date: string | null;
  readonly verdict: MessageVerdict;
  /** It may be the answer to a test message: the code of one is in it, or it is encrypted to the mailbox they come from. */
  readonly mayBeAnswer: boolean;
}

export interface Viewed {
  readonly name: string;
  readonly size: number;
  /** Null for a file that is none. */
  readonly mail: ViewedMail | null;
  readonly objects: readonly (ViewedObject & { readonly chain: ViewedChain | null })[];
  /** Objects of the file that are not shown. */
  readonly more: number;
}

/** A mail that a key of the practice opened. */
export interface OpenedMail {
  /** What is in it, and what the signatures inside are worth. */
  readonly mail: ViewedMail;
  /** Whole, as a mail of its own. */
  readonly file: FileContent;
  readonly words: ReadableMail;
  /** Whose key opened it. */
  readonly certificate: string;
  readonly person: string;
  readonly personName: string;
  /** `aes256-CBC` */
  readonly encryption: string;
}

/** Looking at whatever somebody sent. */
export const viewer = {
  /** A file by its content, whatever it is called: what is in it, field by field and octet by octet, and whether it is to be trusted here. */
  open: query<Viewed>()({
    access: whoMay('viewer.open'),
    input: z.strictObject({ file: fileContent() }),
  }),

  /** Opens an encrypted mail with a key of somebody here, in the vault or on a card that is there; the log keeps whose key it was and why, and nothing of the mail. */
  openMail: command<OpenedMail>()({
    access: whoMay('viewer.openMail'),
    input: z.strictObject({ file: fileContent(), card: cardWithPin().optional(), reason: z.string().trim().min(1).max(1000) }),
    audit: 'mail.open',
    subject: () => ({}),
  }),
};
