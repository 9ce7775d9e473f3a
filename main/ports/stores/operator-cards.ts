/** A card that somebody signs in with, and what only it opens. */
export interface OperatorCardRecord {
  readonly operatorId: string;
  /** As its driver shows it. */
  readonly serialNumber: string;
  /** Of its key, lower-case hex. */
  readonly ckaId: string;
  /** What the card makes the secret of. */
  readonly challenge: Uint8Array;
  /** Of the opening of method `card`. */
  readonly parameters: string;
  readonly sealed: Uint8Array;
  readonly since: string;
}

export interface OperatorCardReader {
  isAny(): Promise<boolean>;
  find(operatorId: string, serialNumber: string): Promise<OperatorCardRecord | undefined>;
  /** By serial number. */
  ofOperator(operatorId: string): Promise<readonly OperatorCardRecord[]>;
  /** Whose one card is: a card may be several people's, each with a key of their own on it. */
  ofCard(serialNumber: string): Promise<readonly OperatorCardRecord[]>;
}

export interface OperatorCardStore extends OperatorCardReader {
  /** @throws AppError conflict for one that is theirs already */
  insert(card: OperatorCardRecord): Promise<void>;
  /** False where there is none. */
  remove(operatorId: string, serialNumber: string): Promise<boolean>;
  /** Every card of an operator; removing none is fine. */
  removeOf(operatorId: string): Promise<void>;
}
