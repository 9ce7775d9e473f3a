import type { ApplicationReader, ApplicationStore } from './stores/applications.ts';
import type { ApprovalReader, ApprovalStore } from './stores/approvals.ts';
import type { ArchiveReader, ArchiveStore } from './stores/archives.ts';
import type { AuditLogReader, AuditLogStore } from './stores/audit-log.ts';
import type { AuthorityReader, AuthorityStore } from './stores/authorities.ts';
import type { BackupReader, BackupStore } from './stores/backups.ts';
import type { CertificateReader, CertificateStore } from './stores/certificates.ts';
import type { DelegateReader, DelegateStore } from './stores/delegates.ts';
import type { CompromisedKeyReader, CompromisedKeyStore } from './stores/compromised-keys.ts';
import type { EscrowReader, EscrowStore } from './stores/escrow.ts';
import type { IncidentReader, IncidentStore } from './stores/incidents.ts';
import type { JobReader, JobStore } from './stores/jobs.ts';
import type { KeyReader, KeyStore } from './stores/keys.ts';
import type { OpenPgpReader, OpenPgpStore } from './stores/openpgp.ts';
import type { MailPackageReader, MailPackageStore } from './stores/mail-packages.ts';
import type { MailSetupReader, MailSetupStore } from './stores/mail-setups.ts';
import type { MailTestReader, MailTestStore } from './stores/mail-tests.ts';
import type { OperatorCardReader, OperatorCardStore } from './stores/operator-cards.ts';
import type { OperatorReader, OperatorStore } from './stores/operators.ts';
import type { OutsideRequestReader, OutsideRequestStore } from './stores/outside-requests.ts';
import type { PeopleReader, PeopleStore } from './stores/people.ts';
import type { ProfileReader, ProfileStore } from './stores/profiles.ts';
import type { SecondFactorReader, SecondFactorStore } from './stores/second-factors.ts';
import type { SettingsReader, SettingsStore } from './stores/settings.ts';
import type { TokenReader, TokenStore } from './stores/tokens.ts';
import type { VaultReader, VaultStore } from './stores/vault.ts';

export interface ReadStores {
  readonly applications: ApplicationReader;
  readonly approvals: ApprovalReader;
  readonly archives: ArchiveReader;
  readonly auditLog: AuditLogReader;
  readonly authorities: AuthorityReader;
  readonly backups: BackupReader;
  readonly certificates: CertificateReader;
  readonly delegates: DelegateReader;
  readonly compromisedKeys: CompromisedKeyReader;
  readonly escrow: EscrowReader;
  readonly incidents: IncidentReader;
  readonly jobs: JobReader;
  readonly keys: KeyReader;
  readonly openPgp: OpenPgpReader;
  readonly mailPackages: MailPackageReader;
  readonly mailSetups: MailSetupReader;
  readonly mailTests: MailTestReader;
  readonly operatorCards: OperatorCardReader;
  readonly operators: OperatorReader;
  readonly outsideRequests: OutsideRequestReader;
  readonly people: PeopleReader;
  readonly profiles: ProfileReader;
  readonly secondFactors: SecondFactorReader;
  readonly settings: SettingsReader;
  readonly tokens: TokenReader;
  readonly vault: VaultReader;
}

export interface Stores {
  readonly applications: ApplicationStore;
  readonly approvals: ApprovalStore;
  readonly archives: ArchiveStore;
  readonly auditLog: AuditLogStore;
  readonly authorities: AuthorityStore;
  readonly backups: BackupStore;
  readonly certificates: CertificateStore;
  readonly delegates: DelegateStore;
  readonly compromisedKeys: CompromisedKeyStore;
  readonly escrow: EscrowStore;
  readonly incidents: IncidentStore;
  readonly jobs: JobStore;
  readonly keys: KeyStore;
  readonly openPgp: OpenPgpStore;
  readonly mailPackages: MailPackageStore;
  readonly mailSetups: MailSetupStore;
  readonly mailTests: MailTestStore;
  readonly operatorCards: OperatorCardStore;
  readonly operators: OperatorStore;
  readonly outsideRequests: OutsideRequestStore;
  readonly people: PeopleStore;
  readonly profiles: ProfileStore;
  readonly secondFactors: SecondFactorStore;
  readonly settings: SettingsStore;
  readonly tokens: TokenStore;
  readonly vault: VaultStore;
}

/**
 * Where the practice's records live. Guarantees: a unit is atomic and durable once its promise resolves (it survives
 * kill -9 and power loss), units run one after another, and a reader sees only what has been committed.
 * Fails with `store.*`: corrupt, read-only, busy, full. After any failure of a unit nothing of it remains; a call that
 * failed has spoiled its unit, whoever catches it. A value that must be unique and is not fails as conflict with details
 * {field}; a reference to a record that is not there as internal.
 * Trust: whoever can write the files can change or remove records; the audit log and the seals are what shows it.
 */
export interface Database {
  readonly read: ReadStores;
  /**
   * Runs `work` in one transaction. Inside it nothing may be awaited but these stores, which end with it, and what only lets the event
   * loop have its turn: whoever waits for the world holds up every other unit.
   * @throws AppError internal for a unit begun inside another one, and for stores used after their unit
   */
  unit<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Reads every page and its structure; takes seconds when large. @throws AppError store.corrupt */
  check(): Promise<void>;
  /**
   * Writes a copy into an empty folder, as the database's own file there, while units go on: it holds all that was committed at one moment
   * of the call and nothing else. @throws AppError store.full, store.read-only
   */
  copyTo(folder: string): Promise<void>;
  /** Waits for the units already asked for. */
  close(): Promise<void>;
}

/** A copy of a database that is looked at and never written. */
export interface DatabaseCopy {
  readonly read: ReadStores;
  /** As of a database. */
  check(): Promise<void>;
  close(): void;
}
