import type { AuditAction } from '../../domain/audit/action.ts';
import type { AuditOutcome } from '../../domain/audit/entry.ts';
import type { KeyAlgorithm, StoredKeyAlgorithm } from '../../domain/key/algorithm.ts';
import type { KeyState } from '../../domain/key/state.ts';
import type { Language } from '../../domain/locale/languages.ts';
import type { KeyUsagePurpose } from '../../domain/key/usage.ts';
import type { OpenPgpAlgorithm } from '../../domain/openpgp/algorithm.ts';
import type { Compartment } from '../../domain/vault/compartment.ts';
import type { RevocationReason } from '../../domain/x509/revocation-reason.ts';
import type { KeyStoreKind } from '../../domain/key/store.ts';
import type { DelegateRecord } from '../../ports/stores/delegates.ts';
import type { BackupRecord } from '../../ports/stores/backups.ts';
import type { CompromisedListRecord } from '../../ports/stores/compromised-keys.ts';
import type { ApplicationRecord } from '../../ports/stores/applications.ts';
import type { ApprovalRecord } from '../../ports/stores/approvals.ts';
import type { EscrowRequestRecord, ShareRecord } from '../../ports/stores/escrow.ts';
import type { IncidentTables } from './incident-tables.ts';
import type { OperatorTables } from './operator-tables.ts';
import type { JobItemRecord, JobRecord } from '../../ports/stores/jobs.ts';
import type { MailPackageRecord } from '../../ports/stores/mail-packages.ts';
import type { MailSetupRecord } from '../../ports/stores/mail-setups.ts';
import type { MailTestRecord } from '../../ports/stores/mail-tests.ts';
import type { AuthorityRequestRecord } from '../../ports/stores/authorities.ts';
import type { OutsideRequestRecord } from '../../ports/stores/outside-requests.ts';
import type { Standing } from '../../ports/stores/people.ts';
import type { SettingName } from '../../ports/stores/settings.ts';
import type { AttestationRecord, TokenIntentRecord, TokenKeyRecord, TokenLossRecord } from '../../ports/stores/tokens.ts';

/**
 * The tables as every technology has them. Columns are named as in the records of the ports, so that rows are records.
 * Truth values are 0 and 1, instants RFC 3339 text in UTC. A column that ends in `Key` beside a text holds that text
 * folded for comparing and sorting; `search` holds the words a search can find.
 */
export interface Schema extends IncidentTables, OperatorTables {
  readonly setting: SettingTable;
  readonly compartment: CompartmentTable;
  readonly vaultGrant: VaultGrantTable;
  readonly voucher: VoucherTable;
  readonly sealingKey: SealingKeyTable;
  readonly sealedKey: SealedKeyTable;
  readonly person: PersonTable;
  readonly personWord: PersonWordTable;
  readonly mailbox: MailboxTable;
  readonly key: KeyTable;
  readonly keyTransition: KeyTransitionTable;
  readonly authority: AuthorityTable;
  readonly crossCertificate: CrossCertificateTable;
  readonly certificateList: CertificateListTable;
  readonly certificateListPart: CertificateListPartTable;
  readonly certificate: CertificateTable;
  readonly certificateDer: CertificateDerTable;
  readonly revocation: RevocationTable;
  readonly revocationChunk: RevocationChunkTable;
  readonly resumption: ResumptionTable;
  readonly delegate: DelegateTable;
  readonly ocspAnswers: OcspAnswersTable;
  readonly openPgp: OpenPgpTable;
  readonly openPgpCertificate: OpenPgpCertificateTable;
  readonly tokenKey: TokenKeyTable;
  readonly tokenIntent: TokenIntentTable;
  readonly tokenLoss: TokenLossRecord;
  readonly keyAttestation: AttestationRecord;
  readonly backup: BackupRecord;
  readonly escrowShare: ShareRecord;
  readonly escrowRequest: EscrowRequestRecord;
  readonly application: ApplicationRecord;
  readonly approval: ApprovalRecord;
  readonly job: JobRecord;
  readonly jobItem: JobItemRecord;
  readonly mailSetup: MailSetupTable;
  readonly mailTest: MailTestRecord;
  readonly mailPackage: Omit<MailPackageRecord, 'certificates'> & { /** JSON. */ readonly certificates: string };
  readonly profile: ProfileTable;
  readonly compromisedList: CompromisedListRecord;
  readonly compromisedKey: CompromisedKeyTable;
  readonly outsideRequest: OutsideRequestTable;
  readonly authorityRequest: AuthorityRequestRecord;
  readonly auditLeaf: AuditLeafTable;
  readonly auditMention: AuditMentionTable;
  readonly auditWords: AuditWordsTable;
  readonly checkpoint: CheckpointTable;
}

export type Truth = 0 | 1;

export interface SettingTable {
  readonly name: SettingName;
  readonly value: string;
}

export interface CompartmentTable {
  readonly compartment: Compartment;
  readonly publicKey: Uint8Array;
}

export interface VaultGrantTable {
  readonly compartment: Compartment;
  readonly operatorId: string;
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface VoucherTable {
  readonly operatorId: string;
  readonly compartment: Compartment;
  readonly code: Uint8Array;
}

export interface SealingKeyTable {
  readonly id: string;
  readonly compartment: Compartment;
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export interface SealedKeyTable {
  readonly keyId: string;
  readonly sealed: Uint8Array;
  /** JSON list of {sealingKeyId, wrapped}, `wrapped` in base64. */
  readonly wraps: string;
}

export interface PersonTable {
  readonly id: string;
  readonly name: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly department: string | null;
  readonly role: string | null;
  readonly staffNumber: string | null;
  readonly language: Language | null;
  readonly status: 'active' | 'left';
  readonly createdAt: string;
  readonly leftAt: string | null;
  readonly standing: Standing;
  readonly endsAt: string | null;
  readonly nameKey: string;
  readonly departmentKey: string;
  /** Sorts the standings by need; see queries/person-order.ts. */
  readonly need: number;
  /** `endsAt`, or what sorts after every instant. */
  readonly endsKey: string;
  readonly search: string;
}

/** Each word a person can be found by. */
export interface PersonWordTable {
  readonly word: string;
  readonly personId: string;
}

export interface MailboxTable {
  readonly personId: string;
  readonly position: number;
  readonly address: string;
  readonly normalized: string;
  /** 1 until the person leaves: only then is the address free again. */
  readonly isActive: Truth;
}

export interface KeyTable {
  readonly id: string;
  readonly algorithm: StoredKeyAlgorithm;
  readonly usage: KeyUsagePurpose;
  readonly state: KeyState;
  readonly store: KeyStoreKind;
  readonly personId: string | null;
  readonly spkiSha256: string;
  readonly createdAt: string;
}

/** What came after a key's first transition, which its own row tells. */
export interface KeyTransitionTable {
  readonly keyId: string;
  readonly position: number;
  readonly from: KeyState;
  readonly to: KeyState;
  readonly at: string;
}

export interface AuthorityTable {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly algorithm: KeyAlgorithm;
  readonly keyId: string;
  readonly certificateId: string;
  readonly publishUrl: string | null;
  readonly slug: string;
  readonly createdAt: string;
  readonly ocspUrl: string | null;
  readonly replaces: string | null;
  readonly isOutside: Truth;
}

export interface CrossCertificateTable {
  readonly certificateId: string;
  /** Whose key it certifies. */
  readonly authorityId: string;
}

export interface CertificateListTable {
  readonly authorityId: string;
  readonly number: number;
  readonly thisUpdate: string;
  readonly nextUpdate: string;
  readonly entries: number;
  readonly publishedAt: string | null;
  readonly base: number | null;
  readonly point: string | null;
}

/** Octets of a list, in order. */
export interface CertificateListPartTable {
  readonly authorityId: string;
  readonly number: number;
  readonly position: number;
  readonly der: Uint8Array;
}

export interface CertificateTable {
  readonly id: string;
  readonly sha256: string;
  readonly serialNumber: string;
  readonly subject: string;
  readonly issuer: string;
  readonly issuerAuthorityId: string;
  /** JSON list of strings. */
  readonly emails: string;
  readonly profile: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isAuthority: Truth;
  readonly keyId: string;
  readonly personId: string | null;
  readonly isCurrent: Truth;
  readonly createdAt: string;
  readonly search: string;
}

/** Apart from the certificates, so that lists do not read past it. */
export interface CertificateDerTable {
  readonly certificateId: string;
  readonly der: Uint8Array;
}

export interface RevocationTable {
  readonly certificateId: string;
  readonly authorityId: string;
  readonly serialNumber: string;
  readonly revokedAt: string;
  readonly reason: RevocationReason;
  readonly invalidityDate: string | null;
  readonly notAfter: string;
  /** Where its entry is. */
  readonly chunk: number;
  /** When its entry came to be as it is. */
  readonly changedAt: string;
}

/** The last time a certificate was taken off hold. */
export interface ResumptionTable {
  readonly certificateId: string;
  readonly authorityId: string;
  readonly serialNumber: string;
  readonly heldAt: string;
  readonly resumedAt: string;
}

/** Entries of an authority's list, encoded; see queries/revocation-chunks.ts. */
export interface RevocationChunkTable {
  readonly authorityId: string;
  readonly position: number;
  readonly entries: number;
  readonly endsFirst: string;
  readonly der: Uint8Array;
}

export type DelegateTable = DelegateRecord;

export interface OcspAnswersTable {
  readonly authorityId: string;
  readonly answeredAt: string;
  readonly nextUpdate: string;
  readonly responses: number;
}

export interface OpenPgpTable {
  readonly id: string;
  readonly personId: string;
  readonly algorithm: OpenPgpAlgorithm;
  readonly fingerprint: string;
  readonly subkeyFingerprint: string;
  /** JSON list of strings. */
  readonly userIds: string;
  readonly primaryKeyId: string;
  readonly subkeyId: string;
  readonly revocationId: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly isCurrent: Truth;
  readonly revokedAt: string | null;
}

/** Apart from what lists show. */
export interface OpenPgpCertificateTable {
  readonly openPgpId: string;
  readonly certificate: Uint8Array;
}

export type TokenKeyTable = TokenKeyRecord & { readonly wipedAt: string | null };

export type TokenIntentTable = TokenIntentRecord;

export interface OutsideRequestTable extends Omit<OutsideRequestRecord, 'emails'> {
  /** JSON. */
  readonly emails: string;
}

export interface CompromisedKeyTable {
  readonly name: string;
  readonly listId: string;
}

export interface ProfileTable {
  readonly name: string;
  /** JSON. */
  readonly definition: string;
  readonly createdAt: string;
  readonly changedAt: string;
}

export interface MailSetupTable extends Omit<MailSetupRecord, 'certificates' | 'findings' | 'technology'> {
  /** Null for one that was written before there was this: certificates. */
  readonly technology: MailSetupRecord['technology'] | null;
  /** JSON. */
  readonly certificates: string;
  /** JSON; null for one that was written before there was this. */
  readonly findings: string | null;
}

export interface AuditLeafTable {
  readonly index: number;
  readonly leaf: string;
  readonly leafHash: Uint8Array;
  readonly time: string;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly operatorId: string | null;
  readonly search: string;
}

/** Which leaves name an id in their subject. */
export interface AuditMentionTable {
  readonly id: string;
  readonly index: number;
}

/** An index of words: `search` is written and matched, and cannot be read. */
export interface AuditWordsTable {
  /** The leaf's. */
  readonly rowid: number;
  readonly search: string;
}

export interface CheckpointTable {
  readonly size: number;
  readonly root: Uint8Array;
  readonly edge: Uint8Array;
  readonly note: string | null;
  readonly time: string;
}
