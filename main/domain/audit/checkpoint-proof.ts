/** Somebody else's word for a checkpoint of the log, kept as it came so that anybody can judge it. */
export type CheckpointProof = TimeStampProof | CosignatureProof;

/** What a witness put under a checkpoint: it saw that the log only grew since it saw it last (C2SP tlog-cosignature). */
export interface CosignatureProof {
  readonly kind: 'cosignature';
  /** Entries the checkpoint counts. */
  readonly size: number;
  /** The signed note with the line of the witness below that of the log. */
  readonly note: string;
  /** The address that was asked. */
  readonly source: string;
  /** The key of the witness, as it was set up. */
  readonly vkey: string;
  /** When it was taken in. */
  readonly at: string;
}

/** An authority's time under a checkpoint (RFC 3161). Binary as base64. */
export interface TimeStampProof {
  readonly kind: 'time-stamp';
  /** Entries the checkpoint counts. */
  readonly size: number;
  /** The signed note that was stamped. */
  readonly note: string;
  /** Whom was asked: an address, or the name of the file with the answer. */
  readonly source: string;
  /** TimeStampResp (RFC 3161). */
  readonly response: string;
  /** Certificates that the authority's leads to, as they were given. */
  readonly trust: readonly string[];
  /** When it was taken in. */
  readonly at: string;
}

/** A request for a time-stamp that waits for its answer in a file. */
export interface TimeStampAsked {
  readonly size: number;
  readonly note: string;
  /** Hexadecimal. */
  readonly nonce: string;
  readonly policy?: string | undefined;
  readonly at: string;
}
