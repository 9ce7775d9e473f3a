/** An operator's second factor. */
export interface SecondFactorRecord {
  readonly operatorId: string;
  /** Its secrets, sealed for the operator alone: `UnlockedOperator.openOwn`. */
  readonly sealed: Uint8Array;
  readonly since: string;
  /** The last step of which a code was accepted; none up to it is accepted again. */
  readonly lastStep: number;
}

/** A recovery code of a second factor, as no more than its keyed hash. */
export interface SecondFactorCodeRecord {
  readonly operatorId: string;
  readonly hash: Uint8Array;
  readonly usedAt: string | null;
}

export interface SecondFactorReader {
  find(operatorId: string): Promise<SecondFactorRecord | undefined>;
  /** Who has one. */
  operators(): Promise<readonly string[]>;
  codes(operatorId: string): Promise<readonly SecondFactorCodeRecord[]>;
}

export interface SecondFactorStore extends SecondFactorReader {
  insert(factor: SecondFactorRecord, codeHashes: readonly Uint8Array[]): Promise<void>;
  /** False where a code of that step or a later one was accepted before. */
  acceptStep(operatorId: string, step: number): Promise<boolean>;
  /** False where it was used before, or there is none. */
  useCode(operatorId: string, hash: Uint8Array, at: string): Promise<boolean>;
  /** With its recovery codes; removing none is fine. */
  remove(operatorId: string): Promise<void>;
}
