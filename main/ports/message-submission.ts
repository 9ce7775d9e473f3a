/** The mail server that takes what the practice sends (RFC 6409). */
export interface SubmissionServer {
  /** A name, or an address of IPv4 or IPv6. */
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first octet (RFC 8314). `starttls`: before anything but the greeting is said. */
  readonly security: 'tls' | 'starttls';
  /** Null where it wants nobody to sign in. */
  readonly user: string | null;
  /** PEM of the authorities that may certify it; null for those this computer trusts. */
  readonly trust: string | null;
}

export interface SubmittedMail {
  readonly from: string;
  readonly to: string;
  readonly octets: Uint8Array;
}

/**
 * Hands mails to the practice's own mail server, for no other reason than that a person asked for it just now. TLS of version 1.2 or newer with a
 * checked certificate, name included, or nothing at all: no setting turns that off, and neither a password nor a mail is said before. A
 * password is UTF-8 and stays the caller's to wipe; the library needs it as text, so that it stays in memory until that is collected.
 */
export interface MessageSubmission {
  /** Whether the server is there, is who it should be, and lets the user in. Nothing is sent. @throws AppError remote.* */
  probe(server: SubmissionServer, password: Uint8Array | undefined): Promise<void>;
  /** Sends one mail; when it answers, the server has taken it. @throws AppError remote.unreachable, remote.untrusted, remote.refused */
  submit(server: SubmissionServer, password: Uint8Array | undefined, mail: SubmittedMail): Promise<void>;
}
