import type { MailProgramId, MailTestState } from '../../domain/mail-client/test-message.ts';

/** A test message to one person, and what became of it. Its code is known by its digest alone. */
export interface MailTestRecord {
  readonly id: string;
  readonly personId: string;
  /** What it is to prove; null where only the person is to be proved to sign and open mail somewhere. */
  readonly client: MailProgramId | null;
  /** SHA-256, hexadecimal. */
  readonly codeSha256: string;
  /** The certificate it was encrypted to. */
  readonly encryptedTo: string;
  readonly state: MailTestState;
  readonly operatorId: string;
  readonly madeAt: string;
  readonly expiresAt: string;
  readonly provedAt: string | null;
  /** The certificate its answer was signed with. */
  readonly provedWith: string | null;
}

export interface MailTestReader {
  findByCode(codeSha256: string): Promise<MailTestRecord | undefined>;
  /** Newest first. */
  ofPerson(personId: string): Promise<readonly MailTestRecord[]>;
}

export interface MailTestStore extends MailTestReader {
  insert(test: MailTestRecord): Promise<void>;
  /** @throws AppError stale when it is in none of the states `from` */
  change(
    id: string,
    from: readonly MailTestState[],
    change: Pick<MailTestRecord, 'state'> & Partial<Pick<MailTestRecord, 'provedAt' | 'provedWith'>>,
  ): Promise<void>;
}
