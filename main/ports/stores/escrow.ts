/** One officer's share of the escrow's private half, sealed to their own key pair. */
export interface ShareRecord {
  readonly operatorId: string;
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** SHA-256 of the share: a share of anything else, or of another time, is known by it. */
  readonly digest: Uint8Array;
  /** SHA-256 of what is kept. */
  readonly sealedDigest: Uint8Array;
}

/** Sheets of paper that together open the escrow, and the escrow's private half sealed to what they hold. */
export interface SheetsRecord {
  /** Twelve hexadecimal digits, printed on each. */
  readonly id: string;
  readonly total: number;
  readonly threshold: number;
  readonly publicKey: Uint8Array;
  readonly enc: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** SHA-256 of each share, in hexadecimal, by number. */
  readonly digests: readonly string[];
}

export interface NewSheets {
  readonly record: SheetsRecord;
  /** To be printed once and wiped. */
  readonly shares: readonly Uint8Array[];
}

/** How the escrow was opened: by a second officer's share, by sheets, or by an officer alone who has the whole key. */
export type EscrowWay = 'officers' | 'sheets' | 'alone';

/** Something for which the escrow is to be opened, from the asking to the review. */
export interface EscrowRequestRecord {
  readonly id: string;
  /** `recover`: the keys of a person. `share`: the escrow is shared anew, among who is here now. */
  readonly act: 'recover' | 'share';
  readonly personId: string | null;
  /** One of their keys; null for all. */
  readonly keyId: string | null;
  readonly reason: string;
  readonly caseNumber: string;
  /** Who is handed what is recovered. */
  readonly recipient: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly state: 'asked' | 'approved' | 'refused' | 'done';
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** The approving officer's share, sealed for who asked; only while it is approved. */
  readonly enc: Uint8Array | null;
  readonly ciphertext: Uint8Array | null;
  readonly way: EscrowWay | null;
  readonly doneAt: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: string | null;
  readonly note: string | null;
}

export type NewEscrowRequest = Pick<
  EscrowRequestRecord,
  'id' | 'act' | 'personId' | 'keyId' | 'reason' | 'caseNumber' | 'recipient' | 'askedBy' | 'askedAt' | 'expiresAt'
>;

export interface EscrowReader {
  shares(): Promise<readonly ShareRecord[]>;
  request(id: string): Promise<EscrowRequestRecord | undefined>;
  /** Newest first. */
  requests(limit: number): Promise<readonly EscrowRequestRecord[]>;
  /** Recoveries that nobody has signed off yet, oldest first. */
  unreviewed(): Promise<readonly EscrowRequestRecord[]>;
}

export interface EscrowStore extends EscrowReader {
  /** Instead of all that were there. What was approved is only asked for again: the share that was lent for it opens nothing any more. */
  replaceShares(records: readonly ShareRecord[]): Promise<void>;
  removeShares(operatorIds: readonly string[]): Promise<void>;
  ask(request: NewEscrowRequest): Promise<void>;
  /** What was approved can still be refused. @throws AppError stale when it was decided, or done, meanwhile */
  decide(
    id: string,
    decision: Pick<EscrowRequestRecord, 'decidedBy' | 'decidedAt' | 'enc' | 'ciphertext'> & { readonly state: 'approved' | 'refused' },
  ): Promise<void>;
  /** The lent share goes. @throws AppError stale when it was done, or was refused, meanwhile */
  finish(id: string, done: { readonly way: EscrowWay; readonly doneAt: string }): Promise<void>;
  /** @throws AppError stale when it was reviewed already, or is not done */
  review(id: string, review: { readonly reviewedBy: string; readonly reviewedAt: string; readonly note: string }): Promise<void>;
  /** Lent shares of what has run out go. */
  dropLoans(before: string): Promise<void>;
}
