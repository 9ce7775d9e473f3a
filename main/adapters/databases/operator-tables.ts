import type { Role } from '../../domain/access/role.ts';
import type { OperatorCardRecord } from '../../ports/stores/operator-cards.ts';
import type { OpeningRecord } from '../../ports/stores/operators.ts';
import type { SecondFactorCodeRecord, SecondFactorRecord } from '../../ports/stores/second-factors.ts';

interface OperatorTable {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  readonly role: Role;
  readonly publicKey: Uint8Array;
  readonly createdAt: string;
  readonly lastSignInAt: string | null;
  readonly removedAt: string | null;
  readonly personId: string | null;
}

interface OpeningTable {
  readonly operatorId: string;
  readonly method: OpeningRecord['method'];
  readonly parameters: string;
  readonly sealed: Uint8Array;
}

interface SignInFailureTable {
  readonly operatorId: string;
  readonly count: number;
  readonly lastAt: string | null;
}

/** Who signs in, and by what. */
export interface OperatorTables {
  readonly operator: OperatorTable;
  readonly opening: OpeningTable;
  readonly signInFailure: SignInFailureTable;
  readonly operatorCard: OperatorCardRecord;
  readonly secondFactor: SecondFactorRecord;
  readonly secondFactorCode: SecondFactorCodeRecord;
}
