import type { Caller } from '../contract/door.ts';
import type { OperatorRecord } from '../ports/stores/operators.ts';
import type { UnlockedOperator } from '../ports/vault.ts';

/** Somebody is signed in on one connection. */
export interface Session {
  readonly operator: OperatorRecord;
  /** What their keys open. Wiped when the session ends. */
  readonly unlocked: UnlockedOperator;
  /** A window is locked when nobody uses it; a command line ends with its command. */
  readonly host: Caller['host'];
  /** Serial number of the card that opened it: it ends with the card. */
  readonly card?: string;
}
