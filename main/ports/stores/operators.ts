import type { Role } from '../../domain/access/role.ts';

export interface OperatorRecord {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** HPKE public half (X25519, 32 octets). */
  readonly publicKey: Uint8Array;
  readonly createdAt: string;
  /** Null until they first sign in. */
  readonly lastSignInAt: string | null;
  /** From here on they can neither sign in nor open anything; what they did stays theirs. */
  readonly removedAt: string | null;
  /** Who of the practice's people they are; null where nobody said. */
  readonly personId: string | null;
}

/** One way to unseal an operator's private half. `parameters` is canonical JSON, readable by the vault adapter only. */
export interface OpeningRecord {
  readonly operatorId: string;
  readonly method: 'passphrase' | 'recovery-code' | 'card';
  readonly parameters: string;
  readonly sealed: Uint8Array;
}

/** Failed sign-ins since the last good one; kept so that the delay survives a restart. */
export interface SignInFailures {
  readonly count: number;
  readonly lastAt: string | null;
}

export interface OperatorReader {
  find(id: string): Promise<OperatorRecord | undefined>;
  /** Names are compared without regard to case. */
  findByName(name: string): Promise<OperatorRecord | undefined>;
  /** Those who were removed too: the log goes on naming them. */
  list(): Promise<readonly OperatorRecord[]>;
  opening(operatorId: string, method: OpeningRecord['method']): Promise<OpeningRecord | undefined>;
  failures(operatorId: string): Promise<SignInFailures>;
}

export interface OperatorStore extends OperatorReader {
  insert(operator: Omit<OperatorRecord, 'lastSignInAt' | 'removedAt' | 'personId'>): Promise<void>;
  noteSignIn(operatorId: string, at: string): Promise<void>;
  setRole(operatorId: string, role: Role): Promise<void>;
  /** Null: they are nobody of the people here. */
  setPerson(operatorId: string, personId: string | null): Promise<void>;
  /** Takes away every opening as well, so that nobody unseals their private half from here on. */
  remove(operatorId: string, at: string): Promise<void>;
  /** Replaces the record of the same method. */
  putOpening(opening: OpeningRecord): Promise<void>;
  setFailures(operatorId: string, failures: SignInFailures): Promise<void>;
}
