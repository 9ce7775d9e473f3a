import type { MailCertificate, MailIssuer } from '../../../domain/mail-client/mail-client.ts';
import type { MailKeys } from '../../../ports/mail-client.ts';

/** The certificates, private keys and trust a mail program works with, opened on a workbench by that program's own engine. */
export interface KeyEngine {
  /** Private keys and their certificates, nothing trusted yet. @throws AppError client.unreadable */
  importKeys(keys: MailKeys): Promise<void>;
  /** The root is trusted to issue to mail users, never for servers or programs; the authorities below it follow from it. */
  addIssuer(issuer: MailIssuer): Promise<void>;
  /** Takes a certificate out that stands there without its key. Engines of programs that use cards have it. */
  forget?(certificate: MailCertificate): Promise<void>;
  /** Whether exactly this certificate is there. */
  holds(certificate: MailCertificate): Promise<boolean>;
  hasPrivateKey(certificate: MailCertificate): Promise<boolean>;
  /** Whether the engine accepts it now, with its whole chain. */
  accepts(certificate: MailCertificate, use: 'sign' | 'encrypt'): Promise<boolean>;
  /** What settings of programs on this engine call it; undefined when it is not there. */
  nameOf(certificate: MailCertificate): Promise<string | undefined>;
  /** Ends what it has started. Never fails. */
  close(): Promise<void>;
}
