/** Where a key that lives on a token is. */
export interface TokenKeyRecord {
  readonly keyId: string;
  /** Name of the module that shows the token. */
  readonly module: string;
  readonly serialNumber: string;
  /** CKA_ID of the key and its certificate, hex. */
  readonly ckaId: string;
}

/**
 * `begun`: something may have been made on the token. `issued`: certificates are recorded, theirs may not be on the token
 * yet. `finished` and `abandoned` are ends: all is there, or nothing is left.
 */
export type TokenIntentState = 'begun' | 'issued' | 'finished' | 'abandoned';

/** What is about to be done on a token, recorded before it is: a token cannot be rolled back. */
export interface TokenIntentRecord extends TokenKeyRecord {
  readonly id: string;
  readonly personId: string;
  /** The certificate that will be written beside the key. */
  readonly certificateId: string;
  readonly state: TokenIntentState;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** That a token was reported lost; `foundAt` is null until it is taken back. */
export interface TokenLossRecord {
  readonly id: string;
  readonly serialNumber: string;
  readonly lostAt: string;
  readonly foundAt: string | null;
}

/** What a card said of a key it made, kept as evidence: two certificates, DER. */
export interface AttestationRecord {
  readonly keyId: string;
  readonly statement: Uint8Array;
  readonly device: Uint8Array;
  readonly createdAt: string;
}

export interface TokenReader {
  /** Undefined where nothing was said when the key was made. */
  attestation(keyId: string): Promise<AttestationRecord | undefined>;
  /** Where these keys are, of those that are on a token, by key id. */
  placesOf(keyIds: readonly string[]): Promise<readonly TokenKeyRecord[]>;
  /** Serial numbers of all tokens that keys are on, or that are lost. */
  recorded(): Promise<readonly string[]>;
  /** Every token that is lost now, the last first. */
  lost(): Promise<readonly TokenLossRecord[]>;
  /** Every key recorded on one of these tokens, by key id; not what was wiped off them. */
  keysOn(serialNumbers: readonly string[]): Promise<readonly TokenKeyRecord[]>;
  /** Intents that are `begun` or `issued`, oldest first. */
  unfinished(): Promise<readonly TokenIntentRecord[]>;
}

export interface TokenStore extends TokenReader {
  insertAttestation(record: AttestationRecord): Promise<void>;
  insertKey(record: TokenKeyRecord): Promise<void>;
  /** Where a key that the vault keeps is as well, from now on; it is on one token at most. */
  placeKey(record: TokenKeyRecord): Promise<void>;
  /** @throws AppError conflict for a token that is lost already */
  insertLoss(record: TokenLossRecord): Promise<void>;
  /** @throws AppError stale for a token that is not lost */
  endLoss(serialNumber: string, at: string): Promise<void>;
  /** Its keys are gone; what was begun on it is abandoned. */
  recordWiping(serialNumber: string, at: string): Promise<void>;
  /** Whatever key is recorded there is gone: another takes its place. */
  vacate(place: Pick<TokenKeyRecord, 'serialNumber' | 'ckaId'>, at: string): Promise<void>;
  insertIntent(record: TokenIntentRecord): Promise<void>;
  /** @throws AppError stale when the intent is no longer in `from` */
  moveIntent(id: string, from: TokenIntentState, to: TokenIntentState, at: string): Promise<void>;
}
