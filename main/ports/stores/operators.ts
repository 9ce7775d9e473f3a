import type { Role } from '../../domain/access/role.ts';

export interface OperatorRecord {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** HPKE public half (X25519, 32 octets). */
  readonly publicKey: Uint8Array;
  readonly createdAt: string;
}

/** One way to unseal an operator's private half. `parameters` is canonical JSON, readable by the vault adapter only. */
export interface OpeningRecord {
  readonly operatorId: string;
  readonly method: 'passphrase' | 'recovery-code';
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
  list(): Promise<readonly OperatorRecord[]>;
  opening(operatorId: string, method: OpeningRecord['method']): Promise<OpeningRecord | undefined>;
  failures(operatorId: string): Promise<SignInFailures>;
}

export interface OperatorStore extends OperatorReader {
  insert(operator: OperatorRecord): Promise<void>;
  /** Replaces the record of the same method. */
  putOpening(opening: OpeningRecord): Promise<void>;
  setFailures(operatorId: string, failures: SignInFailures): Promise<void>;
}
