import type { MailFinding } from '../../domain/mail-client/mail-finding.ts';
import type { MailClientId, MailTechnology } from '../../domain/mail-client/mail-client.ts';

/** A person's certificates or OpenPGP keys in one profile of a mail program on this computer. */
export interface MailSetupRecord {
  readonly id: string;
  readonly personId: string;
  readonly client: MailClientId;
  /** What went there: certificates, or OpenPGP keys. */
  readonly technology: MailTechnology;
  /** The profile's directory, absolute. */
  readonly target: string;
  /** The profile as the program names it. */
  readonly profile: string;
  /** The certificates, or the OpenPGP keys, in use that went there. */
  readonly certificates: readonly string[];
  /** `writing`: the intent; what came of it is not known while it stands. `ready`: written and read back. */
  readonly state: 'writing' | 'ready';
  readonly operatorId: string;
  readonly at: string;
  /** When it was last read back since it was written. */
  readonly checkedAt: string | null;
  /** What was wrong with it then; empty where nothing was. */
  readonly findings: readonly MailFinding[];
  /** When it was last found to sign, encrypt and open: read back, or by the answer to a test message. */
  readonly provedAt: string | null;
}

/** What was found in a profile. */
export type MailSetupFound = Pick<MailSetupRecord, 'checkedAt' | 'findings' | 'provedAt'>;

export interface MailSetupReader {
  /** Those that are ready, newest first. */
  ofPerson(personId: string): Promise<readonly MailSetupRecord[]>;
  /** All, oldest first: as many as there are profiles set up on this computer. */
  list(): Promise<readonly MailSetupRecord[]>;
}

export interface MailSetupStore extends MailSetupReader {
  insert(setup: MailSetupRecord): Promise<void>;
  /** The intent has come true: what was recorded before for the same person, profile and technology goes. @throws AppError stale */
  finish(id: string, at: string): Promise<void>;
  /** Of one that is ready. @throws AppError stale */
  found(id: string, found: MailSetupFound): Promise<void>;
  /** The intent has come to nothing. One that is not there is fine. */
  drop(id: string): Promise<void>;
}
